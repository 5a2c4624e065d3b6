/* SPDX-License-Identifier: MIT */
/*
 * death_place.c - journals, and the places at which code is known to end its process.
 */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "engine/death_state.h"
#include "engine/scout.h"

#define BUCKETS 4096u
/* Of all programs; memory that nobody writes to costs nothing. */
#define KNOWN_MAX (100u * DEATHS_MAX)

struct known {
	struct place place;
	struct ending ending;
	size_t choices;      /* index of the first in the table's */
	uint32_t next_index; /* of the same bucket, + 1; 0: none */
};

/* Written by whoever has started the process that died, read by all. */
static struct table {
	volatile uint32_t count;
	volatile uint64_t crashes; /* key of a program in which something has crashed */
	uint32_t buckets[BUCKETS]; /* index of the first, + 1 */
	size_t used;
	struct known known[KNOWN_MAX];
	struct schedule_entry choices[(size_t)100 * CHOICES_MAX];
} * table;

static uint64_t key;
static unsigned int known_max = DEATHS_MAX;

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

unsigned int death_max(unsigned int deaths)
{
	if (deaths)
		known_max = deaths;
	return known_max;
}

void death_key(uint64_t new_key)
{
	key = new_key;
}

void death_crashes(void)
{
	if (table)
		table->crashes = key;
}

bool death_may_crash(void)
{
	return !table || table->crashes == key;
}

/* ---- Journals ----------------------------------------------------------------------------- */

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
	journal->scout = 0;
	journal->careful = journal->begun = journal->scans = false;
	journal->answered = journal->noted.is = journal->executes = false;
	journal->why[0] = journal->bug[0] = journal->gave_up[0] = journal->blocked[0] = 0;
	journal->place.count = 0;
}

uint64_t journal_executions(const struct journal *journal)
{
	return journal->executions;
}

bool journal_executes(const struct journal *journal)
{
	return journal->executes;
}

void journal_block(struct journal *journal, const char *why)
{
	(void)snprintf(journal->blocked, sizeof(journal->blocked), "%s", why);
}

uint64_t journal_ticks(const struct journal *journal)
{
	return journal->ticks;
}

pid_t journal_scout(const struct journal *journal)
{
	return journal->scout;
}

const char *journal_gave_up(const struct journal *journal)
{
	return journal->gave_up;
}

const char *journal_bug(const struct journal *journal)
{
	return journal->bug;
}

/* ---- Places ------------------------------------------------------------------------------- */

struct place death_place(void)
{
	return (struct place){ key, (uint32_t)sim.phase, sim.started, sim.solo_steps,
			       (uint32_t)sim.schedule.entries.count };
}

bool death_same_place(const struct place *a, const struct place *b)
{
	return a->key == b->key && a->phase == b->phase && a->started == b->started &&
	       a->solo_steps == b->solo_steps && a->count == b->count;
}

static uint32_t *bucket_of(const struct place *place)
{
	return &table->buckets[(place->key ^ place->count * UINT64_C(0x9e3779b97f4a7c15) >> 40) %
			       BUCKETS];
}

static const struct known *find(const struct place *place, const struct schedule_entry *choices)
{
	uint32_t at = table && table->count ? *bucket_of(place) : 0;

	while (at) {
		const struct known *known = &table->known[at - 1];

		if (death_same_place(&known->place, place) &&
		    (!place->count || !memcmp(table->choices + known->choices, choices,
					      place->count * sizeof(*choices))))
			return known;
		at = known->next_index;
	}
	return NULL;
}

bool death_watches(void)
{
	return (death_own && death_own->careful) || (table && table->count) || scout_watches();
}

static void write_journal(const struct place *place)
{
	uint32_t before = death_own->place.count;

	if (place->count > CHOICES_MAX) {
		death_own->careful = false; /* nothing can be learned */
		return;
	}
	if (place->count > before)
		memcpy(death_own->choices + before, sim.schedule.entries.items + before,
		       (place->count - before) * sizeof(*death_own->choices));
	death_own->place = *place;
}

const struct ending *death_at(void)
{
	const struct place place = death_place();
	const struct known *known = find(&place, sim.schedule.entries.items);

	if (known)
		return &known->ending;
	if (death_own && death_own->careful)
		write_journal(&place);
	return scout_at();
}

/* ---- Learning ----------------------------------------------------------------------------- */

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

static uint32_t count_of_program(void)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < table->count; i++)
		count += table->known[i].place.key == key;
	return count;
}

static struct ending ending_of(const struct journal *journal, const char *why)
{
	struct ending ending = { .kind = FINDING_CRASH, .name = "death" };

	if (*journal->bug) {
		ending.name = "bug";
		(void)snprintf(ending.text, sizeof(ending.text), "BUG: %s", journal->bug);
	} else {
		(void)snprintf(ending.text, sizeof(ending.text), "the process %s",
			       *journal->why ? journal->why : why);
	}
	return ending;
}

static void add(const struct place *place, const struct journal *journal, const char *why)
{
	struct known *known = &table->known[table->count];
	uint32_t *bucket = bucket_of(place);

	*known = (struct known){ *place, ending_of(journal, why), table->used, *bucket };
	memcpy(table->choices + table->used, journal->choices,
	       place->count * sizeof(*journal->choices));
	table->used += place->count;
	table->count++;
	*bucket = table->count;
}

enum death_lesson death_learn(const struct journal *journal, const char *why)
{
	struct place place = journal->place;

	if (!table || !journal->careful || journal->scans || !journal->begun || *journal->gave_up ||
	    !go_back(&place, journal->choices))
		return DEATH_UNKNOWN;
	if (table->count == KNOWN_MAX || table->used + place.count > ARRAY_SIZE(table->choices) ||
	    count_of_program() >= known_max)
		return DEATH_TOO_MANY;
	add(&place, journal, why);
	return DEATH_LEARNED;
}
