/* SPDX-License-Identifier: MIT */
#include "engine/address.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/vec.h"
#include "engine/heap.h"
#include "engine/sim_state.h"
#include "engine/variable.h"

/* Of a struct, that a note tells. */
#define WORDS_MAX 2u

struct question {
	const void *address;
	struct text *text;
	bool leaf, found;
};

/* ---- With a name -------------------------------------------------------------------------- */

static void find_variable(void *arg)
{
	struct question *question = arg;

	question->found = variable_name(question->address,
					(const void *)(uintptr_t)sim.program->cpus[0].run,
					question->leaf, question->text);
}

static bool stack_name(const void *address, struct text *text)
{
	for (unsigned int i = 0; i <= sim.cpu_count; i++) {
		if (!fiber_is_on(&sim.cpus[i].fiber, address))
			continue;
		text_addf(text, "stack of %s", baton_cpu_name((int)i));
		return true;
	}
	return false;
}

bool address_name(const void *address, bool leaf, struct text *text)
{
	struct question question = { address, text, leaf, false };

	if (heap_name(address, text) || stack_name(address, text))
		return true;
	sim_on_large_stack(find_variable, &question);
	return question.found;
}

/* ---- Without a name ----------------------------------------------------------------------- */

static struct {
	unsigned long execution; /* that they are of */
	VEC(const void *) items;
} nameless;

static size_t number_of(const void *address)
{
	size_t i = 0;

	if (nameless.execution != sim_execution)
		nameless.items.count = 0;
	nameless.execution = sim_execution;
	while (i < nameless.items.count && nameless.items.items[i] != address)
		i++;
	if (i == nameless.items.count)
		vec_push(&nameless.items, address);
	return i + 1;
}

void address_text(const void *address, struct text *text)
{
	if (!address)
		text_add(text, "NULL");
	else if (!address_name(address, false, text))
		text_addf(text, "pointer %zu", number_of(address));
}

bool address_is_mapped(uintptr_t address)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	unsigned char resident;

	return address >= page && !mincore((void *)(address & ~(page - 1)), 1, &resident);
}

/* ---- As notes ----------------------------------------------------------------------------- */

void baton_note_address(const char *what, const volatile void *address)
{
	struct text text = TEXT_INIT;

	if (!sim.trace || !sim.current)
		return;
	address_text((const void *)(uintptr_t)address, &text);
	baton_note("%s%s", what, text.bytes);
	text_release(&text);
}

static void add_word(uint64_t word, size_t size, struct text *text)
{
	if (size == sizeof(word) && address_is_mapped(word))
		address_text((const void *)(uintptr_t)word, text);
	else if (size == sizeof(word))
		text_addf(text, "0x%llx", (unsigned long long)word);
	else
		text_addf(text, "0x%0*llx", (int)(2 * size), (unsigned long long)word);
}

void baton_note_bytes(const char *what, const void *object, size_t size)
{
	struct text text = TEXT_INIT;

	if (!sim.trace || !sim.current)
		return;
	for (size_t at = 0; at < size; at += sizeof(uint64_t)) {
		size_t part = size - at < sizeof(uint64_t) ? size - at : sizeof(uint64_t);
		uint64_t word = 0;

		if (at == WORDS_MAX * sizeof(word)) {
			text_add(&text, ", ...");
			break;
		}
		memcpy(&word, (const char *)object + at, part);
		text_add(&text, at ? ", " : "");
		add_word(word, part, &text);
	}
	baton_note("%s{%s}", what, text.bytes);
	text_release(&text);
}
