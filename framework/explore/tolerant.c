/* SPDX-License-Identifier: MIT */
#include "explore/tolerant.h"

#include <string.h>

#include "engine/sim.h"

/* ---- What does not fit ------------------------------------------------------------------- */

static void bend(struct tolerant *tolerant, unsigned int step, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void bend(struct tolerant *tolerant, unsigned int step, const char *format, ...)
{
	va_list args;

	text_addf(&tolerant->bent, "step %u: ", step + 1);
	va_start(args, format);
	text_vaddf(&tolerant->bent, format, args);
	va_end(args);
	text_add_char(&tolerant->bent, '\n');
}

static const char *cpu_name(const struct tolerant *tolerant, uint32_t cpu)
{
	return tolerant->program->cpus[cpu].name;
}

/* ---- Entries and names ------------------------------------------------------------------- */

static const struct schedule_entry *entry_at(const struct tolerant *tolerant, size_t i)
{
	return &tolerant->schedule->entries.items[i];
}

static size_t entry_count(const struct tolerant *tolerant)
{
	return tolerant->schedule->entries.count;
}

/* The name that entry @i has today; NULL: any. */
static const char *name_of(const struct tolerant *tolerant, size_t i)
{
	const char *name = tolerant->points ? tolerant->points[i] : NULL;

	for (size_t k = 0; name && k < tolerant->aliases.count; k++)
		if (!strcmp(tolerant->aliases.items[k].then, name))
			return tolerant->aliases.items[k].now;
	return name;
}

static bool exists(const char *name)
{
	const struct baton_point *point = NULL;

	while ((point = baton_point_next(point)))
		if (!strcmp(point->name, name))
			return true;
	return false;
}

static bool is_step_of(const struct tolerant *tolerant, size_t i, uint32_t cpu)
{
	return !tolerant->done[i] && entry_at(tolerant, i)->kind == BATON_CHOICE_CPU &&
	       entry_at(tolerant, i)->value == cpu;
}

/* The first entry of @cpu from @from on at its point, or the number of entries. */
static size_t find_point(const struct tolerant *tolerant, size_t from, uint32_t cpu)
{
	const char *now = sim_pending((int)cpu).point->name;
	size_t i = from;

	while (i < entry_count(tolerant) &&
	       !(is_step_of(tolerant, i, cpu) &&
		 (!name_of(tolerant, i) || !strcmp(name_of(tolerant, i), now))))
		i++;
	return i;
}

/* ---- Choices ----------------------------------------------------------------------------- */

static uint32_t take(struct tolerant *tolerant, size_t i)
{
	tolerant->done[i] = true;
	if (entry_at(tolerant, i)->kind == BATON_CHOICE_CPU)
		tolerant->choices = i + 1;
	return entry_at(tolerant, i)->value;
}

static bool fits_choice(const struct tolerant *tolerant, size_t i, const struct choice *choice)
{
	const char *name = tolerant->points ? tolerant->points[i] : NULL;

	return !tolerant->done[i] && entry_at(tolerant, i)->kind == choice->kind &&
	       options_has(choice->options, entry_at(tolerant, i)->value) &&
	       (!name || !strcmp(name, choice->name));
}

/* Its answer stands behind the step that asks. */
static uint32_t pick_option(struct tolerant *tolerant, const struct choice *choice)
{
	for (size_t i = tolerant->choices; i < entry_count(tolerant); i++) {
		if (entry_at(tolerant, i)->kind == BATON_CHOICE_CPU)
			break;
		if (fits_choice(tolerant, i, choice))
			return take(tolerant, i);
	}
	bend(tolerant, choice->step - 1, "%s chooses %s, which the schedule does not",
	     cpu_name(tolerant, (uint32_t)choice->current), choice->name);
	return options_first(choice->options);
}

/* ---- Steps ------------------------------------------------------------------------------- */

static void give_up(struct tolerant *tolerant, size_t i, unsigned int step)
{
	const struct schedule_entry *entry = entry_at(tolerant, i);
	const char *name = name_of(tolerant, i);

	tolerant->done[i] = true;
	if (entry->kind == BATON_CHOICE_CPU)
		bend(tolerant, step, "%s does not come to %s", cpu_name(tolerant, entry->value),
		     name ? name : "another step");
	else if (entry->value || entry->kind != BATON_CHOICE_FAULT)
		bend(tolerant, step, "nobody chooses %s", name ? name : "what was chosen here");
}

/* Entries of @cpu from @from up to @to are gone. */
static void skip(struct tolerant *tolerant, size_t from, size_t to, uint32_t cpu, unsigned int step)
{
	for (size_t i = from; i < to; i++)
		if (is_step_of(tolerant, i, cpu))
			give_up(tolerant, i, step);
}

static void rename_point(struct tolerant *tolerant, size_t i, const char *now, unsigned int step)
{
	const struct tolerant_alias alias = { tolerant->points[i], now };

	bend(tolerant, step, "%s is gone, %s takes its place", alias.then, now);
	vec_push(&tolerant->aliases, alias);
}

enum fit {
	FIT_ENTRY, /* the CPU makes the step of the entry */
	FIT_NEW,   /* it makes another one first */
	FIT_GONE,  /* the entry is gone */
};

/* Entry @i is the next of a CPU that can go on. */
static enum fit fit(struct tolerant *tolerant, size_t i, unsigned int step)
{
	uint32_t cpu = entry_at(tolerant, i)->value;
	const char *now = sim_pending((int)cpu).point->name;
	size_t later = find_point(tolerant, i, cpu);

	if (later == i)
		return FIT_ENTRY;
	if (later < entry_count(tolerant)) {
		skip(tolerant, i, later, cpu, step);
		return FIT_GONE;
	}
	if (exists(name_of(tolerant, i))) {
		bend(tolerant, step, "%s comes to %s, which the schedule does not have",
		     cpu_name(tolerant, cpu), now);
		return FIT_NEW;
	}
	rename_point(tolerant, i, now, step);
	return FIT_ENTRY;
}

/* By default, where nothing of the schedule can be followed. */
static uint32_t go_on(struct tolerant *tolerant, const struct choice *choice)
{
	if (tolerant->next == entry_count(tolerant) && !tolerant->ended) {
		bend(tolerant, choice->step, "the schedule ends, the execution goes on");
		tolerant->ended = true;
	}
	return choice_default(choice, choice->options);
}

static void say_out_of_turn(struct tolerant *tolerant, size_t waits, uint32_t cpu,
			    unsigned int step)
{
	if (waits == entry_count(tolerant) || tolerant->waited[waits])
		return;
	tolerant->waited[waits] = true;
	bend(tolerant, step, "%s cannot go on, %s goes first",
	     cpu_name(tolerant, entry_at(tolerant, waits)->value), cpu_name(tolerant, cpu));
}

/* The first entry that can be followed; of each CPU only its next one. */
static uint32_t pick_cpu(struct tolerant *tolerant, const struct choice *choice)
{
	size_t waits = entry_count(tolerant); /* the first one that cannot */
	uint64_t blocked = 0;

	while (tolerant->next < entry_count(tolerant) && tolerant->done[tolerant->next])
		tolerant->next++;
	for (size_t i = tolerant->next; i < entry_count(tolerant); i++) {
		uint32_t cpu = entry_at(tolerant, i)->value;
		bool step = entry_at(tolerant, i)->kind == BATON_CHOICE_CPU;
		enum fit how;

		if (tolerant->done[i] || (step ? options_has(blocked, cpu) : blocked != 0))
			continue;
		if (!step || !sim_pending((int)cpu).point) {
			give_up(tolerant, i, choice->step);
			continue;
		}
		if (!options_has(choice->options, cpu)) {
			waits = blocked ? waits : i;
			blocked |= UINT64_C(1) << cpu;
			continue;
		}
		how = fit(tolerant, i, choice->step);
		if (how == FIT_GONE)
			continue;
		say_out_of_turn(tolerant, waits, cpu, choice->step);
		return how == FIT_ENTRY ? take(tolerant, i) : cpu;
	}
	return go_on(tolerant, choice);
}

static uint32_t tolerant_pick(struct strategy *strategy, const struct choice *choice)
{
	struct tolerant *tolerant = (struct tolerant *)strategy;

	return choice->kind == BATON_CHOICE_CPU ? pick_cpu(tolerant, choice) :
						  pick_option(tolerant, choice);
}

static void tolerant_begin(struct strategy *strategy)
{
	struct tolerant *tolerant = (struct tolerant *)strategy;

	memset(tolerant->done, 0, entry_count(tolerant) * sizeof(*tolerant->done));
	memset(tolerant->waited, 0, entry_count(tolerant) * sizeof(*tolerant->waited));
	tolerant->next = tolerant->choices = 0;
	tolerant->aliases.count = 0;
	tolerant->ended = false;
	text_clear(&tolerant->bent);
}

static bool tolerant_end(struct strategy *strategy)
{
	(void)strategy;
	return false;
}

void tolerant_finish(struct tolerant *tolerant)
{
	for (size_t i = 0; i < entry_count(tolerant); i++)
		if (!tolerant->done[i])
			give_up(tolerant, i, sim_steps());
}

void tolerant_init(struct tolerant *tolerant, const struct schedule *schedule,
		   const struct baton_program *program, char *const *points)
{
	*tolerant = (struct tolerant){
		.strategy = { .begin = tolerant_begin, .pick = tolerant_pick, .end = tolerant_end },
		.schedule = schedule,
		.program = program,
		.points = points,
		.bent = TEXT_INIT,
	};
	tolerant->done = xcalloc(schedule->entries.count + 1, sizeof(*tolerant->done));
	tolerant->waited = xcalloc(schedule->entries.count + 1, sizeof(*tolerant->waited));
}

void tolerant_release(struct tolerant *tolerant)
{
	free(tolerant->done);
	free(tolerant->waited);
	vec_release(&tolerant->aliases);
	text_release(&tolerant->bent);
}
