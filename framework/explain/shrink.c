/* SPDX-License-Identifier: MIT */
#include "explain/shrink.h"

#include "explain/reduce.h"

/* Prices of switches and preemptions together must fit in the table of memo.h. */
#define PRICE_MAX 250u

/* A search for fewer faults has no bound on preemptions: it gets so much less of the limit. */
#define FAULTS_PART 10u

struct shrinking {
	struct trial trial;
	struct shrunk *shrunk;
	uint64_t limit;
	bool found; /* something in the present search */
	bool all;   /* do not end at the first one */
};

struct signature signature_of_execution(void)
{
	const struct finding *finding = sim_finding();
	struct signature signature = { .cpu = -1 };

	if (finding->kind == FINDING_NONE || finding->cpu < 0)
		return signature;
	signature.found = true;
	signature.cpu = finding->cpu;
	signature.point = (unsigned int)finding->cpu < sim_program()->cpu_count ?
				  sim_pending(finding->cpu).point :
				  NULL;
	return signature;
}

bool signature_is(const struct signature *a, const struct signature *b)
{
	return a->found == b->found && a->cpu == b->cpu && baton_point_same(a->point, b->point);
}

/* Is the last execution a failing one of that kind, and smaller? Then keep it. */
static bool keep(struct shrunk *shrunk, enum subject_verdict verdict)
{
	struct signature signature = signature_of_execution();
	struct sched_cost cost = sched_cost_of_execution();

	if (verdict != SUBJECT_FAILS || !signature_is(&signature, &shrunk->signature) ||
	    sched_cost_compare(&cost, &shrunk->cost) >= 0)
		return false;
	shrunk->cost = cost;
	schedule_copy(&shrunk->schedule, sim_schedule());
	return true;
}

static bool see(void *arg, enum subject_verdict verdict)
{
	struct shrinking *shrinking = arg;

	if (keep(shrinking->shrunk, verdict))
		shrinking->found = true;
	return shrinking->all || !shrinking->found;
}

static void because(struct shrinking *shrinking, const char *what, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void because(struct shrinking *shrinking, const char *what, const char *format, ...)
{
	struct text *text = &shrinking->shrunk->because;
	va_list args;

	text_addf(text, "%s%s ", text->length ? "; " : "", what);
	va_start(args, format);
	text_vaddf(text, format, args);
	va_end(args);
}

/* Return: 1 if the search came to its end, 0 if not, -1 on a BUG. */
static int search(struct shrinking *shrinking, int faults, int preemptions, unsigned int switches,
		  struct err *err)
{
	const struct trial_eye eye = { see, shrinking };
	struct explore_search bounded = shrinking->trial.subject->search;
	struct trial_count count;

	bounded.faults_max = faults;
	bounded.preemptions_max = preemptions;
	bounded.switches_bound = switches;
	bounded.executions_max = shrinking->limit;
	shrinking->found = false;
	if (trial_search(&shrinking->trial, &bounded, &eye, &count, err))
		return -1;
	return count.ended || count.strength != STRENGTH_CUT;
}

/* Fewer faults, whatever else it takes. */
static int fewer_faults(struct shrinking *shrinking, struct err *err)
{
	struct shrunk *shrunk = shrinking->shrunk;
	uint64_t limit = shrinking->limit;

	shrinking->limit = limit > FAULTS_PART ? limit / FAULTS_PART : 1;
	for (unsigned int faults = 0; faults < shrunk->cost.faults; faults++) {
		int through = search(shrinking, (int)faults, -1, 0, err);

		if (through < 0)
			return -1;
		if (shrinking->found)
			break;
		if (!through) {
			because(shrinking, "not proved:", "fewer faults than %u",
				shrunk->cost.faults);
			shrunk->proved = false;
			break;
		}
		because(shrinking, "no failure with", "faults<=%u", faults);
	}
	shrinking->limit = limit;
	return 0;
}

static int fewer_preemptions(struct shrinking *shrinking, struct err *err)
{
	struct shrunk *shrunk = shrinking->shrunk;
	unsigned int through = 0;

	for (; through < shrunk->cost.preemptions; through++) {
		int status = search(shrinking, (int)shrunk->cost.faults, (int)through, 0, err);

		if (status < 0)
			return -1;
		if (!status || shrinking->found)
			break;
	}
	if (through)
		because(shrinking, "no failure with", "preemptions<=%u", through - 1);
	if (through < shrunk->cost.preemptions) {
		because(shrinking, "not proved:", "fewer preemptions than %u",
			shrunk->cost.preemptions);
		shrunk->proved = false;
	}
	return 0;
}

/* All that need no more faults and preemptions than the best: the least of the rest. */
static int smallest(struct shrinking *shrinking, struct err *err)
{
	struct shrunk *shrunk = shrinking->shrunk;
	unsigned int switches = shrunk->cost.switches ? shrunk->cost.switches : 1;
	bool priced = (shrunk->cost.preemptions + 1) * (switches + 2) < PRICE_MAX;
	int through;

	shrinking->all = true;
	through = search(shrinking, (int)shrunk->cost.faults, (int)shrunk->cost.preemptions,
			 priced ? switches : 0, err);
	if (through < 0)
		return -1;
	if (through && priced) {
		because(shrinking, "all with", "preemptions<=%u, switches<=%u were run",
			shrunk->cost.preemptions, switches);
		return 0;
	}
	because(shrinking, "not proved:", "fewer switches than %u", shrunk->cost.switches);
	shrunk->proved = false;
	return 0;
}

/* Does it fail as before? Return: 0, or -1 with an error. */
static int check(struct shrinking *shrinking, const struct schedule *schedule,
		 struct sched_cost *cost, struct err *err)
{
	enum subject_verdict verdict;

	if (trial_replay(&shrinking->trial, schedule, &verdict, err))
		return -1;
	if (verdict != SUBJECT_FAILS)
		return err_add(err, "the schedule does not show %s",
			       shrinking->trial.subject->failure);
	*cost = sched_cost_of_execution();
	return 0;
}

static int check_twice(struct shrinking *shrinking, struct err *err)
{
	struct shrunk *shrunk = shrinking->shrunk;
	struct sched_cost cost;

	for (int i = 0; i < 2; i++) {
		struct signature signature;

		if (check(shrinking, &shrunk->schedule, &cost, err))
			return -1;
		signature = signature_of_execution();
		if (sched_cost_compare(&cost, &shrunk->cost) ||
		    !signature_is(&signature, &shrunk->signature))
			return err_bug(err,
				       "the shrunk schedule did not run again as it was found");
	}
	return 0;
}

static int run(struct shrinking *shrinking, const struct schedule *failing, struct err *err)
{
	struct shrunk *shrunk = shrinking->shrunk;

	if (check(shrinking, failing, &shrunk->cost, err))
		return -1;
	shrunk->before = shrunk->cost;
	shrunk->signature = signature_of_execution();
	schedule_copy(&shrunk->schedule, failing);
	if (fewer_faults(shrinking, err) || fewer_preemptions(shrinking, err) ||
	    smallest(shrinking, err))
		return -1;
	if (!shrunk->proved)
		reduce(&shrinking->trial, shrunk);
	return check_twice(shrinking, err);
}

int shrink(const struct subject *subject, const struct schedule *failing, uint64_t limit,
	   struct shrunk *shrunk, struct err *err)
{
	struct shrinking shrinking = { .shrunk = shrunk, .limit = limit };
	int status;

	*shrunk = (struct shrunk){ .proved = true, .because = TEXT_INIT };
	trial_init(&shrinking.trial, subject);
	status = run(&shrinking, failing, err);
	shrunk->runs = shrinking.trial.runs;
	trial_release(&shrinking.trial);
	return status;
}

void shrink_release(struct shrunk *shrunk)
{
	schedule_release(&shrunk->schedule);
	text_release(&shrunk->because);
}
