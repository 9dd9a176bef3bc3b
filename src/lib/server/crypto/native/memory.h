#include <stddef.h>
#include <stdint.h>

/* Memory for argon2 that is kept from one hash to the next. Both have the types that argon2_context wants. */
int take_memory(uint8_t **memory, size_t bytes);
void give_back_memory(uint8_t *memory, size_t bytes);

/* Returns what is kept to the system; how many bytes that were. */
size_t release_memory(void);
