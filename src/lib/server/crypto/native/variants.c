#include "variants.h"

/* The inner loop of the library, compiled once for each kind of processor (scripts/build-argon2.ts). */
void fill_segment_baseline(const argon2_instance_t *instance, argon2_position_t position);
#ifdef __x86_64__
void fill_segment_v3(const argon2_instance_t *instance, argon2_position_t position);
void fill_segment_v4(const argon2_instance_t *instance, argon2_position_t position);
#endif

size_t find_variants(struct variant found[MAX_VARIANTS]) {
	size_t count = 0;
#ifdef __x86_64__
	/* Also checks that the operating system saves the wide registers. */
	__builtin_cpu_init();
	if (__builtin_cpu_supports("x86-64-v4")) found[count++] = (struct variant){"x86-64-v4", fill_segment_v4};
	if (__builtin_cpu_supports("x86-64-v3")) found[count++] = (struct variant){"x86-64-v3", fill_segment_v3};
#endif
	found[count++] = (struct variant){"baseline", fill_segment_baseline};
	return count;
}

/* Called by the library for each segment. */
void fill_segment(const argon2_instance_t *instance, argon2_position_t position) {
	((const struct variant_context *)instance->context_ptr)->fill_segment(instance, position);
}
