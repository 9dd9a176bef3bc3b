#include "core.h"

typedef void (*fill_segment_fn)(const argon2_instance_t *instance, argon2_position_t position);

/* argon2's inner loop, compiled for one kind of processor. */
struct variant {
	const char *name;
	fill_segment_fn fill_segment;
};

/* Writes the variants that this processor can run, the one for the newest kind first. Returns their number. */
#define MAX_VARIANTS 3
size_t find_variants(struct variant found[MAX_VARIANTS]);

/* The context of argon2 and the variant that computes the hash. The context comes first: argon2 gets a pointer to it. */
struct variant_context {
	argon2_context context;
	fill_segment_fn fill_segment;
};
