/* SPDX-License-Identifier: MIT */
/*
 * race.c - plain accesses that nothing orders.
 *
 * Memory is seen in words of eight bytes. A word keeps the accesses of this execution that could
 * still race with one to come: of each CPU the last of each kind and size.
 */
#include <stdio.h>

#include "base/text.h"
#include "base/vec.h"
#include "baton/injector.h"
#include "engine/address.h"
#include "engine/backtrace.h"
#include "engine/tls.h"
#include "tsan/tsan.h"

struct access {
	uint32_t time; /* tsan_clock_now() */
	uint32_t next; /* index in accesses + 1: of the same word */
	const void *pc;
	uint32_t stack; /* index in stacks + 1; 0: not recorded */
	uint32_t what;  /* of the word's accesses no two have the same: see below */
};

/* What an access is: the CPU, which bytes of the word it is of (a bit each), and is it a write? */
#define WHAT(cpu, write) ((uint32_t)(cpu) << 16 | ((write) ? WRITE : 0))
#define CPU(what) ((uint8_t)((what) >> 16))
#define WRITE 0x100u
#define BYTES 0xffu

struct word {
	uintptr_t number;    /* address / 8 */
	uint32_t generation; /* that it is of; others have left it behind */
	uint32_t accesses;   /* the first; index + 1 */
};

/* Powers of two: slots for words. More words of one execution than half of the most are not looked
 * at. Most executions touch few words, and then the table stays in the cache. */
#define SLOTS_MIN (1u << 8)
#define SLOTS_MAX (1u << 18)

static struct {
	unsigned long execution;
	uint32_t generation; /* from 1; of the words of this execution */
	unsigned int word_count;
	unsigned int slot_count;
	struct word *slots;
	VEC(struct access) accesses;
	VEC(struct backtrace_pcs) stacks;
} shadow;

static bool races_off, plain_points;

/* The other access of the finding, if it was recorded. */
static struct {
	struct backtrace_pcs stack;
	const char *cpu;
	bool write;
} culprit;

void baton_tsan_races(bool on)
{
	races_off = !on;
}

void baton_tsan_plain_points(bool on)
{
	plain_points = on;
}

/* There are no words yet, in so many slots. */
static void make_slots(unsigned int count)
{
	shadow.slots = xcalloc(count, sizeof(*shadow.slots));
	shadow.slot_count = count;
	shadow.word_count = 0;
}

static void begin(unsigned long execution)
{
	shadow.execution = execution;
	shadow.word_count = 0;
	shadow.accesses.count = 0;
	shadow.stacks.count = 0;
	if (++shadow.generation)
		return;
	free(shadow.slots);
	make_slots(shadow.slot_count);
	shadow.generation = 1;
}

static struct word *slot_of(uintptr_t number)
{
	unsigned int mask = shadow.slot_count - 1;
	unsigned int slot = (unsigned int)((number * 0x9e3779b97f4a7c15u) >> 32) & mask;

	while (shadow.slots[slot].generation == shadow.generation &&
	       shadow.slots[slot].number != number)
		slot = (slot + 1) & mask;
	return &shadow.slots[slot];
}

/* Have twice as many slots, with the words in them. */
static void grow(void)
{
	struct word *old = shadow.slots;
	unsigned int old_count = shadow.slot_count, word_count = shadow.word_count;

	make_slots(old_count ? 2 * old_count : SLOTS_MIN);
	for (unsigned int i = 0; i < old_count; i++)
		if (old[i].generation == shadow.generation)
			*slot_of(old[i].number) = old[i];
	shadow.word_count = word_count;
	free(old);
}

/* NULL: there is no room. */
static struct word *word_at(uintptr_t number)
{
	struct word *word;

	if (2 * shadow.word_count >= shadow.slot_count && shadow.slot_count < SLOTS_MAX)
		grow();
	word = slot_of(number);
	if (word->generation == shadow.generation)
		return word;
	if (2 * shadow.word_count == shadow.slot_count)
		return NULL;
	shadow.word_count++;
	*word = (struct word){ .number = number, .generation = shadow.generation };
	return word;
}

/* ---- In words ----------------------------------------------------------------------------- */

static void describe(struct text *details)
{
	struct trace_stack stack = { 0 };

	text_addf(details, "%s by %s in ", culprit.write ? "written" : "read", culprit.cpu);
	backtrace_pcs(&culprit.stack, &stack);
	backtrace_text(&stack, details);
	text_add_char(details, '\n');
	trace_stack_release(&stack);
}

static void add_place(struct text *text, const char *what, const struct access *access)
{
	const struct baton_point *place =
		tsan_place(access->pc, access->what & WRITE ? "write" : "read");

	text_addf(text, "%s %s:%u", what, place->file, place->line);
}

static _Noreturn void fail(const struct access *mine, const struct access *other,
			   const void *address)
{
	struct text text = TEXT_INIT;
	char sentence[256];

	text_addf(&text, "%s ", mine->what & WRITE ? "a write of" : "a read of");
	if (!address_name(address, true, &text))
		text_add(&text, "memory without a name");
	add_place(&text, " at", mine);
	text_addf(&text, ", and nothing orders it behind %s's %s", baton_cpu_name(CPU(other->what)),
		  other->what & WRITE ? "write" : "read");
	add_place(&text, " at", other);
	(void)snprintf(sentence, sizeof(sentence), "%s", text.bytes);
	text_release(&text);
	if (other->stack) {
		culprit.stack = shadow.stacks.items[other->stack - 1];
		culprit.cpu = baton_cpu_name(CPU(other->what));
		culprit.write = other->what & WRITE;
		sim_describe(describe);
	}
	baton_fail("data_race", "%s", sentence);
}

/* ---- Looking ------------------------------------------------------------------------------ */

static bool races(const struct access *mine, const struct access *other)
{
	return (mine->what & other->what & BYTES) && ((mine->what | other->what) & WRITE) &&
	       !tsan_clock_before(CPU(other->what), other->time);
}

/* Not inlined: the frame is large. */
static __attribute__((noinline)) uint32_t record_stack(void)
{
	struct backtrace_pcs pcs = { 0 };

	backtrace_here(&pcs);
	vec_push(&shadow.stacks, pcs);
	return (uint32_t)shadow.stacks.count;
}

static void add(struct word *word, struct access mine)
{
	mine.next = word->accesses;
	vec_push(&shadow.accesses, mine);
	word->accesses = (uint32_t)shadow.accesses.count;
}

/* All of them: the others may have come back since this CPU looked. */
static void look(struct word *word, const struct access *mine, const void *address)
{
	struct access *other, *known = NULL;

	for (uint32_t index = word->accesses; index; index = other->next) {
		other = &shadow.accesses.items[index - 1];
		if (other->what == mine->what)
			known = other;
		else if (CPU(other->what) != CPU(mine->what) && races(mine, other))
			fail(mine, other, address);
	}
	if (!known) {
		add(word, *mine);
		return;
	}
	known->time = mine->time;
	known->pc = mine->pc;
	known->stack = mine->stack;
}

/* Of the word at @number: which of the bytes [@address, @address + @size) are in it? */
static uint8_t bytes_of(uintptr_t number, uintptr_t address, size_t size)
{
	uintptr_t from = address > number * 8 ? address - number * 8 : 0;
	uintptr_t end = address + size - number * 8;

	return (uint8_t)((end >= 8 ? 0xff : (1u << end) - 1) & ~((1u << from) - 1));
}

static void look_at_words(const struct sim_moment *now, const void *address, size_t size,
			  struct access *mine)
{
	uintptr_t from = (uintptr_t)address;
	uint32_t what = mine->what;

	if (shadow.execution != now->execution)
		begin(now->execution);
	mine->time = tsan_clock_now(now);
	mine->stack = now->recording ? record_stack() : 0;
	for (uintptr_t number = from / 8; number <= (from + size - 1) / 8; number++) {
		struct word *word = word_at(number);

		mine->what = what | bytes_of(number, from, size);
		if (word)
			look(word, mine, address);
	}
}

/* Not inlined: setup may write a lot, and is to be through with it soon. */
static __attribute__((noinline)) void access_in_main(const void *address, size_t size, bool write,
						     const void *pc)
{
	struct access mine = { .pc = pc };
	struct sim_moment now;

	if (!sim_moment(&now) || !size || tls_has(address))
		return;
	if (plain_points) {
		baton_access(tsan_place(pc, write ? "write" : "read"),
			     (const void *)((uintptr_t)address & ~(uintptr_t)7),
			     write ? BATON_WRITE : BATON_READ);
		tsan_clock_plain();
		(void)sim_moment(&now);
	}
	mine.what = WHAT(now.cpu, write);
	if (!races_off)
		look_at_words(&now, address, size, &mine);
}

void baton_tsan_access(const void *address, size_t size, bool write, const void *pc)
{
	if (sim_is_main())
		access_in_main(address, size, write, pc);
}
