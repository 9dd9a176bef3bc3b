#include <stddef.h>
#include <stdint.h>

/* Memory for argon2 that is kept from one hash to the next. The signatures are those of argon2_context's callbacks. */
int take_memory(uint8_t **memory, size_t bytes);
void give_back_memory(uint8_t *memory, size_t bytes);

/* Returns the kept memory to the system. The result is the number of bytes. */
size_t release_memory(void);
