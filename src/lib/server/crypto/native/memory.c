#include "memory.h"

#include <pthread.h>
#include <sys/mman.h>

/*
 * The memory of a hash with the parameters of password-hash.ts. Mapping it anew for each hash costs thousands of page
 * faults, or the clearing of huge pages, under the lock of the process's memory map. A hash that needs less memory gets
 * this size too. A hash that needs more is rare (an import from another system), and its memory is not kept.
 */
static const size_t kept_bytes = 19456 * 1024;
static const size_t huge_page_bytes = 2 * 1024 * 1024;

/* Stands at the beginning of each kept block that is not in use. */
struct kept {
	struct kept *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct kept *unused;

/* Aligned for huge pages, which cause fewer page faults and fewer TLB misses. */
static uint8_t *map(size_t bytes) {
	uint8_t *start = mmap(NULL, bytes + huge_page_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (start == MAP_FAILED) return NULL;
	size_t before = (huge_page_bytes - (uintptr_t)start % huge_page_bytes) % huge_page_bytes;
	if (before > 0) munmap(start, before);
	if (before < huge_page_bytes) munmap(start + before + bytes, huge_page_bytes - before);
#ifdef MADV_HUGEPAGE
	madvise(start + before, bytes, MADV_HUGEPAGE);
#endif
	return start + before;
}

/* To whole pages of the largest base page size that a system may have. */
static size_t round_up(size_t bytes) {
	const size_t largest_page_bytes = 64 * 1024;
	return (bytes + largest_page_bytes - 1) / largest_page_bytes * largest_page_bytes;
}

int take_memory(uint8_t **memory, size_t bytes) {
	struct kept *found = NULL;
	if (bytes <= kept_bytes) {
		bytes = kept_bytes;
		pthread_mutex_lock(&lock);
		found = unused;
		if (found) unused = found->next;
		pthread_mutex_unlock(&lock);
	}
	*memory = found ? (uint8_t *)found : map(round_up(bytes));
	return *memory ? 0 : -1;
}

void give_back_memory(uint8_t *memory, size_t bytes) {
	if (bytes > kept_bytes) {
		munmap(memory, round_up(bytes));
		return;
	}
	struct kept *kept = (struct kept *)memory;
	pthread_mutex_lock(&lock);
	kept->next = unused;
	unused = kept;
	pthread_mutex_unlock(&lock);
}

size_t release_memory(void) {
	pthread_mutex_lock(&lock);
	struct kept *first = unused;
	unused = NULL;
	pthread_mutex_unlock(&lock);
	size_t released = 0;
	while (first) {
		struct kept *next = first->next;
		munmap(first, kept_bytes);
		released += kept_bytes;
		first = next;
	}
	return released;
}
