/* SPDX-License-Identifier: MIT */
#include "engine/heap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/vec.h"
#include "baton/alloc.h"
#include "baton/injector.h"
#include "engine/backtrace.h"
#include "engine/sim_state.h"

#define CPU_PAGES 4096u
#define PAGES (CPU_PAGES * BATON_CPUS_MAX)
/* Memory beyond this is given back to the system between two executions. */
#define KEEP_PAGES 256u

#define FRESH 0xa5 /* byte of new memory, and of what is between an object's end and its page's */

struct call {
	const struct baton_point *here; /* NULL: not called yet */
	int cpu;
	struct backtrace_pcs stack; /* while an execution is recorded */
};

struct object {
	unsigned char *start;
	size_t size;
	uint32_t page, pages; /* without the one behind it that nobody may touch */
	struct call allocated, freed;
};

struct heap_range heap_range;

static size_t page_bytes; /* of the machine: aarch64 has 4, 16 and 64 KiB */

/* Objects of this execution, and which one a page belongs to (index + 1). */
static VEC(struct object) objects;
static uint32_t owner[PAGES];
/* Pages of each CPU that were given out. */
static uint32_t used[BATON_CPUS_MAX];
/* Index of the object that the execution's finding is about, + 1; 0: none. */
static size_t blamed;

static unsigned char *address_of(uint32_t page)
{
	return (unsigned char *)heap_range.base + page * page_bytes;
}

static bool reserve(void)
{
	void *base;

	if (heap_range.size)
		return true;
	page_bytes = (size_t)sysconf(_SC_PAGESIZE);
	base = mmap(NULL, PAGES * page_bytes, PROT_NONE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (base == MAP_FAILED)
		return false;
	heap_range = (struct heap_range){ (uintptr_t)base, PAGES * page_bytes };
	return true;
}

static void forbid(uint32_t page, uint32_t count)
{
	BUG_ON(mprotect(address_of(page), count * page_bytes, PROT_NONE));
}

void heap_reset(void)
{
	blamed = 0;
	if (!objects.count)
		return;
	for (uint32_t cpu = 0; cpu < BATON_CPUS_MAX; cpu++) {
		uint32_t first = cpu * CPU_PAGES;

		if (!used[cpu])
			continue;
		forbid(first, used[cpu]);
		memset(owner + first, 0, used[cpu] * sizeof(*owner));
		if (used[cpu] > KEEP_PAGES)
			(void)madvise(address_of(first), used[cpu] * page_bytes, MADV_DONTNEED);
		used[cpu] = 0;
	}
	objects.count = 0;
}

bool heap_is_used(void)
{
	return objects.count != 0;
}

/* The object whose pages, or the page behind them, have @address; NULL: none. */
static struct object *find(const void *address)
{
	uint32_t index;

	if (!heap_has(address))
		return NULL;
	index = owner[((uintptr_t)address - heap_range.base) / page_bytes];
	return index ? &objects.items[index - 1] : NULL;
}

static bool is_end_intact(const struct object *object)
{
	const unsigned char *end = address_of(object->page + object->pages);

	for (const unsigned char *byte = object->start + object->size; byte < end; byte++)
		if (*byte != FRESH)
			return false;
	return true;
}

static struct call call_at(const struct baton_point *here)
{
	struct call call = { .here = here, .cpu = sim_index(sim.current) };

	if (sim.trace)
		backtrace_here(&call.stack);
	return call;
}

/* ---- In words ----------------------------------------------------------------------------- */

static void add_object(const struct object *object, struct text *text)
{
	blamed = (size_t)(object - objects.items) + 1;
	text_addf(text, "an object of %zu byte%s", object->size, object->size == 1 ? "" : "s");
}

static void add_call(const char *what, const struct call *call, struct text *details)
{
	struct trace_stack stack = { 0 };

	if (!call->here)
		return;
	text_addf(details, "%s by %s: %s in ", what, baton_cpu_name(call->cpu), call->here->name);
	backtrace_pcs(&call->stack, &stack);
	backtrace_text(&stack, details);
	text_add_char(details, '\n');
	trace_stack_release(&stack);
}

void heap_record(struct text *details)
{
	if (!blamed)
		return;
	add_call("allocated", &objects.items[blamed - 1].allocated, details);
	add_call("freed", &objects.items[blamed - 1].freed, details);
}

bool heap_name(const void *address, struct text *text)
{
	const struct object *object = find(address);
	unsigned int number = 1;
	size_t offset;

	if (!object)
		return false;
	for (const struct object *other = objects.items; other < object; other++)
		number += other->allocated.cpu == object->allocated.cpu;
	text_addf(text, "%s's object %u", baton_cpu_name(object->allocated.cpu), number);
	offset = (size_t)((const unsigned char *)address - object->start);
	if (offset)
		text_addf(text, "+%zu", offset);
	text_add(text, object->freed.here ? " (freed)" : "");
	return true;
}

const char *heap_describe(const void *address, struct text *text)
{
	const struct object *object = find(address);

	if (!object) {
		text_add(text, "read or write of memory that was never allocated");
		return "out_of_bounds";
	}
	text_add(text, object->freed.here ? "read or write of " : "read or write outside ");
	add_object(object, text);
	text_add(text, object->freed.here ? " that was freed" : "");
	return object->freed.here ? "use_after_free" : "out_of_bounds";
}

bool heap_leaks(struct text *text)
{
	const struct object *first = NULL;
	size_t count = 0;

	for (size_t i = objects.count; i-- > 0;)
		if (!objects.items[i].freed.here) {
			first = &objects.items[i];
			count++;
		}
	if (!first)
		return false;
	add_object(first, text);
	if (count > 1)
		text_addf(text, ", and %zu more,", count - 1);
	text_add(text, count > 1 ? " are never freed" : " is never freed");
	return true;
}

static _Noreturn void fail(const char *name, const struct object *object, const char *what)
{
	struct text text = TEXT_INIT;
	char sentence[80];

	add_object(object, &text);
	(void)snprintf(sentence, sizeof(sentence), "%s %s", text.bytes, what);
	text_release(&text);
	baton_fail(name, "%s", sentence);
}

/* ---- Allocating and freeing --------------------------------------------------------------- */

/* @caller: of malloc(), calloc() or realloc(), where it fails */
static void *allocate(const struct baton_point *here, size_t size, const void *caller)
{
	struct object object = { .size = size };
	uint32_t cpu;

	cpu = (uint32_t)sim_index(sim.current);
	if (baton_fault_at("malloc", caller) || !reserve() || size > CPU_PAGES * page_bytes)
		return NULL;
	object.pages = (uint32_t)((size + page_bytes - 1) / page_bytes);
	object.pages += !object.pages;
	if (object.pages + 1 > CPU_PAGES - used[cpu])
		return NULL;
	object.page = cpu * CPU_PAGES + used[cpu];
	used[cpu] += object.pages + 1;
	object.start = address_of(object.page);
	BUG_ON(mprotect(object.start, object.pages * page_bytes, PROT_READ | PROT_WRITE));
	memset(object.start, FRESH, object.pages * page_bytes);
	object.start += (object.pages * page_bytes - size) & ~(BATON_ALLOC_ALIGN - 1ul);
	object.allocated = call_at(here);
	vec_push(&objects, object);
	for (uint32_t page = 0; page <= object.pages; page++)
		owner[object.page + page] = (uint32_t)objects.count;
	return object.start;
}

void *baton_malloc_at(const struct baton_point *here, size_t size)
{
	return sim.current ? allocate(here, size, __builtin_return_address(0)) : malloc(size);
}

void *baton_calloc_at(const struct baton_point *here, size_t count, size_t size)
{
	size_t all;
	void *object;

	if (!sim.current)
		return calloc(count, size);
	if (__builtin_mul_overflow(count, size, &all))
		return NULL;
	object = allocate(here, all, __builtin_return_address(0));
	if (object)
		memset(object, 0, all);
	return object;
}

/* Other CPUs may have run, and the objects have moved, since it was looked up. */
static void free_object(const struct baton_point *here, size_t index, const void *address)
{
	struct object *object = &objects.items[index];

	if (object->freed.here)
		fail("double_free", object, "is freed again");
	if (address != object->start)
		fail("bad_free", object, "is freed at another address than its first");
	if (!is_end_intact(object))
		fail("out_of_bounds", object, "was written behind its end");
	object->freed = call_at(here);
	forbid(object->page, object->pages);
}

void baton_free_at(const struct baton_point *here, void *address)
{
	const struct object *object = find(address);

	if (!heap_has(address)) {
		free(address);
	} else if (object && sim.current) {
		size_t index = (size_t)(object - objects.items);

		baton_access(here, object->start, BATON_WRITE);
		free_object(here, index, address);
	} else if (sim.current) {
		baton_fail("bad_free", "what is freed was never allocated");
	} /* else it was given back when its execution ended */
}

void *baton_realloc_at(const struct baton_point *here, void *address, size_t size)
{
	const struct object *before = find(address);
	size_t kept;
	unsigned char *now;

	if (!sim.current || (address && !before))
		return realloc(address, size);
	kept = before && before->size < size ? before->size : size;
	now = allocate(here, size, __builtin_return_address(0));
	if (!now || !address)
		return now;
	memcpy(now, address, kept);
	baton_free_at(here, address);
	return now;
}

void heap_touch(const void *address)
{
	const struct object *object = find(address);
	const struct baton_point *label = sim.current->label;

	if (!object || object->start == address)
		return;
	sim.current->label = NULL;
	baton_access(BATON_HERE("is it there?"), object->start, BATON_READ);
	sim.current->label = label;
}
