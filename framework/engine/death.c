/* SPDX-License-Identifier: MIT */
#include "engine/death.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/bug.h"
#include "engine/sim_state.h"

/* Choices of an execution that can be told; beyond that a death is an error of the search. */
#define CHOICES_MAX 200000u
#define WHY_BYTES 200u
#define FILES_MAX 4
/* What the explorer may want at once. */
#define MEMORY_BYTES ((size_t)4 << 20)

/* Where the scheduler hands over. */
struct place {
	uint64_t key;
	uint32_t phase, started, solo_steps, count;
};

struct journal {
	volatile uint64_t ticks, executions;
	bool careful, begun; /* an execution */
	bool scans;          /* where it dies need not be where it was spoilt */
	char why[WHY_BYTES]; /* what is wrong with the process; empty: it is not known */
	struct place place;
	struct schedule_entry choices[CHOICES_MAX];
};

struct known {
	struct place place;
	char why[WHY_BYTES];
	size_t choices; /* index of the first in the table's */
};

/* Written by the process that has called death_init(), read by all. */
static struct table {
	volatile uint32_t count;
	size_t used;
	struct known known[DEATHS_MAX];
	struct schedule_entry choices[(size_t)20 * CHOICES_MAX];
} * table;

static uint64_t key;
static struct journal *own;
static bool careful;

/* What is looked at: files that are open, by what they are. */
static struct {
	int descriptor;
	dev_t device;
	ino_t inode;
} files[FILES_MAX];
static unsigned int file_count;
static pid_t parent;

static void *map(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return memory == MAP_FAILED ? NULL : memory;
}

int death_init(void)
{
	if (!table)
		table = map(sizeof(*table));
	return table ? 0 : -1;
}

void death_key(uint64_t new_key)
{
	key = new_key;
}

struct journal *journal_new(void)
{
	return map(sizeof(struct journal));
}

void journal_free(struct journal *journal)
{
	if (journal)
		munmap(journal, sizeof(*journal));
}

void journal_clear(struct journal *journal)
{
	journal->ticks = journal->executions = 0;
	journal->careful = journal->begun = journal->scans = false;
	journal->why[0] = 0;
	journal->place.count = 0;
}

uint64_t journal_executions(const struct journal *journal)
{
	return journal->executions;
}

uint64_t journal_ticks(const struct journal *journal)
{
	return journal->ticks;
}

/* ---- In the process that may die ---------------------------------------------------------- */

static void note_file(int descriptor)
{
	struct stat is;

	if (descriptor < 0 || fstat(descriptor, &is))
		return;
	files[file_count].descriptor = descriptor;
	files[file_count].device = is.st_dev;
	files[file_count++].inode = is.st_ino;
}

/*
 * The C library's heap is one chunk behind the other up to its end, each with its size in front
 * (glibc): whoever writes behind an object of it writes over the next one's size. Where it does
 * not look like that in the beginning, it is another library, and not looked at.
 */
#define CHUNK_ALIGN 16u

static const char *heap; /* its first chunk; NULL: it is not looked at */

static bool heap_is_whole(void)
{
	const char *end = sbrk(0), *at = heap;

	while (at && at < end) {
		size_t size;

		memcpy(&size, at + sizeof(size), sizeof(size));
		size &= ~(size_t)(CHUNK_ALIGN - 1);
		if (size < 2 * CHUNK_ALIGN || size > (size_t)(end - at))
			return false;
		at += size;
	}
	return true;
}

/*
 * It becomes long where much is recorded: who only scans looks at it after each of the first steps
 * of an execution, then after twice as many, and so on, and at its end.
 */
#define SCANNED_STEPS 64u

static unsigned int steps; /* that were looked at */
static bool heap_is_due = true;

static void find_heap(void)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	char line[256], *end;

	heap = NULL;
	while (maps && !heap && fgets(line, sizeof(line), maps))
		if (strstr(line, "[heap]"))
			heap = (const char *)strtoull(line, &end, 16); // NOLINT: it is one
	if (maps)
		fclose(maps);
	if (!heap_is_whole())
		heap = NULL;
}

void death_enter(struct journal *journal, int socket)
{
	own = journal;
	file_count = 0;
	note_file(socket);
	note_file(STDIN_FILENO);
	note_file(STDOUT_FILENO);
	note_file(STDERR_FILENO);
	parent = getppid();
	find_heap();
}

void death_careful(bool new_careful)
{
	careful = own && new_careful;
	if (own)
		own->careful = careful;
}

void death_scan(bool scans)
{
	if (own)
		own->scans = scans;
}

bool death_is_careful(void)
{
	return careful;
}

void death_count(uint64_t executions)
{
	if (own)
		own->executions = executions;
}

void death_tick(void)
{
	if (own)
		own->ticks++;
}

static const char *wrong_file(void)
{
	struct stat is;

	for (unsigned int i = 0; i < file_count; i++)
		if (fstat(files[i].descriptor, &is) || is.st_dev != files[i].device ||
		    is.st_ino != files[i].inode)
			return "closed or replaced a file descriptor of baton's";
	return NULL;
}

static bool has_memory(void)
{
	void *memory = malloc(MEMORY_BYTES);

	free(memory);
	return memory;
}

/* This process starts none itself. (The child, which goes on with what we do, ends here, too.) */
static bool has_forked(void)
{
	siginfo_t info;

	return getppid() != parent || !waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT);
}

/* Return: what is wrong with the process; NULL: nothing is. */
static const char *wrong(void)
{
	const char *what = has_forked() ? "called fork()" : crash_changed();

	if (!what && heap_is_due && !heap_is_whole())
		what = "wrote over the heap of the C library";
	if (!what && !has_memory())
		what = "left no memory";
	return what ? what : wrong_file();
}

static void check(void)
{
	const char *what = wrong();

	if (!what)
		return;
	(void)snprintf(own->why, sizeof(own->why), "%s", what);
	(void)raise(SIGKILL);
}

void death_check(void)
{
	if (own)
		check();
}

void death_begin(void)
{
	if (!careful)
		return;
	own->place.count = 0;
	own->begun = true;
	steps = 0;
}

void death_look(void)
{
	if (!careful)
		return;
	steps++;
	heap_is_due = !own->scans || steps <= SCANNED_STEPS || !(steps & (steps - 1));
	check();
	heap_is_due = true;
}

void death_end(void)
{
	if (careful)
		check();
}

/* ---- Places ------------------------------------------------------------------------------- */

static struct place here(void)
{
	return (struct place){ key, (uint32_t)sim.phase, sim.started, sim.solo_steps,
			       (uint32_t)sim.schedule.entries.count };
}

static bool same_place(const struct place *a, const struct place *b)
{
	return a->key == b->key && a->phase == b->phase && a->started == b->started &&
	       a->solo_steps == b->solo_steps && a->count == b->count;
}

static const struct known *find(const struct place *place, const struct schedule_entry *choices)
{
	for (uint32_t i = 0; table && i < table->count; i++) {
		const struct known *known = &table->known[i];

		if (same_place(&known->place, place) &&
		    !memcmp(table->choices + known->choices, choices,
			    place->count * sizeof(*choices)))
			return known;
	}
	return NULL;
}

bool death_watches(void)
{
	return careful || (table && table->count);
}

static void write_journal(const struct place *place)
{
	uint32_t before = own->place.count;

	if (place->count > CHOICES_MAX) {
		own->careful = false; /* nothing can be learned */
		return;
	}
	memcpy(own->choices + before, sim.schedule.entries.items + before,
	       (place->count - before) * sizeof(*own->choices));
	own->place = *place;
}

const char *death_at(void)
{
	const struct place place = here();
	const struct known *known = find(&place, sim.schedule.entries.items);

	if (known)
		return known->why;
	if (careful)
		write_journal(&place);
	return NULL;
}

/*
 * What it did there may have been done before. If it has died although the place is known, it is
 * the code that ran before it, up to the choice that came before.
 */
static bool go_back(struct place *place, const struct schedule_entry *choices)
{
	while (find(place, choices)) {
		if (place->phase != TRACE_MAIN || !place->count)
			return false;
		place->count--;
	}
	return true;
}

bool death_learn(const struct journal *journal, const char *why)
{
	struct place place = journal->place;
	struct known *known;

	if (!table || !journal->careful || journal->scans || !journal->begun ||
	    table->count == DEATHS_MAX || table->used + place.count > ARRAY_SIZE(table->choices) ||
	    !go_back(&place, journal->choices))
		return false;
	known = &table->known[table->count];
	known->place = place;
	known->choices = table->used;
	(void)snprintf(known->why, sizeof(known->why), "%s", *journal->why ? journal->why : why);
	memcpy(table->choices + table->used, journal->choices,
	       place.count * sizeof(*journal->choices));
	table->used += place.count;
	table->count++;
	return true;
}
