/* SPDX-License-Identifier: MIT */
#include "conform/generate.h"

#include "base/bug.h"
#include "base/prng.h"
#include "conform/ideal.h"

#define TRIES_MAX 1000
#define PAGES_MAX 2 /* as many as files of the model have */

/*
 * How often an operation is drawn. What needs something before it (a buffer, a child that has
 * ended) is drawn more often, so that all are done about as often. Ones that end something
 * (exit, unmap) are rarer: little can follow them.
 */
static const uint8_t weights[CONFORM_WHATS] = {
	[CONFORM_MAP] = 3,      [CONFORM_W] = 12,    [CONFORM_WB] = 5,       [CONFORM_R] = 4,
	[CONFORM_FORK] = 40,    [CONFORM_EXIT] = 14, [CONFORM_REAP] = 120,   [CONFORM_SPLICE] = 8,
	[CONFORM_PIPE] = 10,    [CONFORM_REG] = 10,  [CONFORM_UNREG] = 13,   [CONFORM_WFIX] = 10,
	[CONFORM_RFIX] = 18,    [CONFORM_ODR] = 7,   [CONFORM_ODW] = 6,      [CONFORM_PVR] = 9,
	[CONFORM_PVW] = 9,      [CONFORM_MEM] = 7,   [CONFORM_PAGEOUT] = 14, [CONFORM_WILLNEED] = 5,
	[CONFORM_DONTNEED] = 7, [CONFORM_FREE] = 6,  [CONFORM_DONTFORK] = 4, [CONFORM_UNMAP] = 4,
	[CONFORM_RO] = 6,       [CONFORM_RW] = 7,    [CONFORM_MLOCK] = 4,    [CONFORM_MSYNC] = 5,
	[CONFORM_FSYNC] = 12,   [CONFORM_RFP] = 14,  [CONFORM_FR] = 12,      [CONFORM_FW] = 16,
};

struct generator {
	struct prng prng;
	struct ideal ideal;
	struct conform_script *script;
	enum conform_backing backing; /* of all mappings, or private anonymous */
	uint8_t pages;                /* that the script uses */
	uint8_t next;                 /* value that was not stored yet */
};

bool generate_has(enum conform_what what)
{
	return weights[what] != 0;
}

static uint8_t below(struct generator *generator, unsigned int count)
{
	return (uint8_t)prng_below(&generator->prng, count);
}

static bool one_in(struct generator *generator, unsigned int count)
{
	return below(generator, count) == 0;
}

/* Those of files, blocks and pages that nobody has stored to begin at 16. */
static uint8_t new_value(struct generator *generator)
{
	uint8_t value = generator->next++;

	if (generator->next == CONFORM_FILE_VALUE(0))
		generator->next = CONFORM_BLOCK_VALUE(CONFORM_BLOCKS);
	return value;
}

/* Two pages seldom meet: most operations are on the same one. */
static uint8_t any_page(struct generator *generator)
{
	return one_in(generator, 4) ? below(generator, generator->pages) : 0;
}

static uint8_t draw_arg(struct generator *generator, enum conform_arg arg)
{
	switch (arg) {
	case CONFORM_ARG_PAGE:
		return any_page(generator);
	case CONFORM_ARG_VALUE:
		return generator->next;
	case CONFORM_ARG_PIPE:
		return below(generator, CONFORM_PIPES);
	case CONFORM_ARG_BLOCK:
		return below(generator, CONFORM_BLOCKS);
	case CONFORM_ARG_PROCESS:
		return below(generator, CONFORM_PROCESSES);
	case CONFORM_ARG_BACKING:
		return one_in(generator, 2) ? (uint8_t)generator->backing : CONFORM_ANON_PRIVATE;
	case CONFORM_ARG_NONE:
	default:
		return 0;
	}
}

static enum conform_what draw_what(struct generator *generator)
{
	unsigned int sum = 0, at, what = 0;

	for (unsigned int i = 0; i < CONFORM_WHATS; i++)
		sum += weights[i];
	at = prng_below(&generator->prng, sum);
	while (at >= weights[what])
		at -= weights[what++];
	return (enum conform_what)what;
}

/* As many arguments as can be written: recorded scripts are like that. */
static struct conform_op draw(struct generator *generator, enum conform_what what)
{
	const struct conform_kind *kind = &conform_kinds[what];
	struct conform_op op = { .what = (uint8_t)what };

	op.process = kind->process ? below(generator, CONFORM_PROCESSES) : CONFORM_DRIVER;
	for (unsigned int i = 0; i < CONFORM_ARGS && kind->args[i] != CONFORM_ARG_NONE; i++) {
		op.arg[i] = draw_arg(generator, kind->args[i]);
		if (i < kind->needed || op.arg[i])
			op.args = (uint8_t)(i + 1);
	}
	return op;
}

/* Kernels do not pin these for long. */
static bool is_shared_file(const struct ideal_page *page)
{
	return page->state == IDEAL_OBJECT && page->shared && !page->object;
}

/*
 * Fork names the next process; the file's operations need one. What would only be refused
 * (remap_file_pages() of what is private, a page that is not mapped) is seldom wanted.
 */
static bool fits(struct generator *generator, const struct conform_op *op)
{
	const struct ideal_process *process = &generator->ideal.processes[op->process % 3];
	bool file = generator->backing >= CONFORM_FILE_PRIVATE, mapped = true;

	if (op->what == CONFORM_FORK && op->arg[0] > 1 && !generator->ideal.processes[1].begun)
		return false;
	if (op->what == CONFORM_FR || op->what == CONFORM_FW || op->what == CONFORM_FSYNC)
		return file;
	if (op->what == CONFORM_RFP && !process->pages[op->arg[0]].shared)
		return one_in(generator, 16);
	if (op->what == CONFORM_REG && is_shared_file(&process->pages[op->arg[0]]))
		return one_in(generator, 8);
	if (conform_kinds[op->what].args[0] == CONFORM_ARG_PAGE)
		mapped = process->pages[op->arg[0]].state != IDEAL_UNMAPPED;
	else if (conform_kinds[op->what].args[1] == CONFORM_ARG_PAGE)
		mapped = process->pages[op->arg[1]].state != IDEAL_UNMAPPED;
	return mapped || one_in(generator, 8);
}

static void add(struct generator *generator, struct conform_op op)
{
	const struct conform_kind *kind = &conform_kinds[op.what];

	for (unsigned int i = 0; i < CONFORM_ARGS; i++)
		if (kind->args[i] == CONFORM_ARG_VALUE)
			new_value(generator);
	ideal_do(&generator->ideal, &op);
	vec_push(&generator->script->ops, op);
}

static void add_one(struct generator *generator)
{
	for (unsigned int i = 0; i < TRIES_MAX; i++) {
		struct conform_op op = draw(generator, draw_what(generator));

		if (!fits(generator, &op) || !ideal_can(&generator->ideal, &op))
			continue;
		add(generator, op);
		return;
	}
	/* There is always something that fits. */
	BUG_ON(true);
}

static void add_if(struct generator *generator, enum conform_what what, uint8_t process,
		   uint8_t arg)
{
	struct conform_op op = { .what = (uint8_t)what, .process = process, .arg = { arg } };

	op.args = conform_kinds[what].needed || arg ? 1 : 0;
	if (ideal_can(&generator->ideal, &op))
		add(generator, op);
}

static enum conform_backing draw_backing(struct generator *generator)
{
	static const enum conform_backing backings[] = {
		CONFORM_ANON_PRIVATE, CONFORM_ANON_PRIVATE, CONFORM_ANON_PRIVATE,
		CONFORM_ANON_SHARED,  CONFORM_FILE_PRIVATE, CONFORM_FILE_PRIVATE,
		CONFORM_FILE_SHARED,  CONFORM_FILE_SHARED,
	};

	return backings[below(generator, ARRAY_SIZE(backings))];
}

/* Where all that happened is to be seen. */
static void add_looks(struct generator *generator)
{
	for (uint8_t i = 0; i < CONFORM_PROCESSES; i++) {
		for (uint8_t page = 0; page < generator->pages; page++)
			if (generator->ideal.processes[i].pages[page].state != IDEAL_UNMAPPED)
				add_if(generator, CONFORM_R, i, page);
		add_if(generator, CONFORM_WFIX, i, 0);
	}
	for (uint8_t i = 0; i < CONFORM_PIPES; i++)
		add_if(generator, CONFORM_PIPE, CONFORM_DRIVER, i);
}

void generate_script(uint64_t seed, uint64_t number, unsigned int length,
		     struct conform_script *script)
{
	struct generator generator = { .script = script, .next = 1 };
	struct text name = TEXT_INIT;

	prng_init(&generator.prng, seed, number);
	ideal_init(&generator.ideal);
	generator.backing = draw_backing(&generator);
	generator.pages = (uint8_t)(1 + below(&generator, PAGES_MAX));
	text_addf(&name, "G%05llu", (unsigned long long)number);
	script->name = text_detach(&name);
	add_if(&generator, CONFORM_MAP, 0, (uint8_t)generator.backing);
	add_if(&generator, CONFORM_W, 0, generator.next);
	for (unsigned int i = 0; i < length; i++)
		add_one(&generator);
	add_looks(&generator);
}
