/* SPDX-License-Identifier: MIT */
#include "explain/against.h"

#include "explain/conflict.h"
#include "explain/trial.h"
#include "explore/tolerant.h"

/* Indices of watched conditions. */
struct indices {
	VEC(size_t) list;
};

struct comparing {
	struct trial trial;
	struct tolerant tolerant; /* follows the passing schedule */
	VEC(struct condition) conditions;
	struct indices common, differing;
};

/* ---- What differs --------------------------------------------------------------------------- */

static void add_condition(struct comparing *comparing, const struct condition *condition)
{
	for (size_t i = 0; i < comparing->conditions.count; i++)
		if (condition_is(&comparing->conditions.items[i], condition))
			return;
	vec_push(&comparing->conditions, *condition);
	hold_watch(&comparing->trial.hold, condition);
}

static void add_order(struct comparing *comparing, const struct conflicts *conflicts,
		      uint32_t first, uint32_t second)
{
	const struct condition condition = { .kind = CONDITION_ORDER,
					     .first = conflicts->steps.items[first].place,
					     .second = conflicts->steps.items[second].place };

	if (condition.first.cpu != condition.second.cpu)
		add_condition(comparing, &condition);
}

/*
 * Who has all direct pairs has all pairs. Rules look at the states between steps, too: with
 * @switches, where the CPU changes counts.
 */
static void add_conditions(struct comparing *comparing, const struct conflicts *conflicts,
			   bool switches)
{
	for (size_t i = 0; i < conflicts->answers.count; i++)
		add_condition(comparing,
			      &(struct condition){ .kind = CONDITION_ANSWER,
						   .answer = conflicts->answers.items[i] });
	for (size_t i = 0; i < conflicts->pairs.count; i++)
		if (conflicts->pairs.items[i].direct)
			add_order(comparing, conflicts, conflicts->pairs.items[i].first,
				  conflicts->pairs.items[i].second);
	for (uint32_t i = 1; switches && i < conflicts->steps.count; i++)
		add_order(comparing, conflicts, i - 1, i);
}

/* Return: 0; 1 if it diverged; -1 if it does not pass. */
static int sort_conditions(struct comparing *comparing, const struct schedule *passing,
			   struct err *err)
{
	enum subject_verdict verdict;

	if (trial_replay(&comparing->trial, passing, &verdict, err))
		return 1;
	if (verdict != SUBJECT_PASSES)
		return err_add(err, "the schedule to compare with does not pass: %s",
			       verdict == SUBJECT_FAILS   ? "it fails, too" :
			       verdict == SUBJECT_DIFFERS ? "it fails in another way" :
							    "a bound cuts it");
	for (size_t i = 0; i < comparing->conditions.count; i++)
		vec_push(hold_obeyed(&comparing->trial.hold, i) ? &comparing->common.list :
								  &comparing->differing.list,
			 i);
	return 0;
}

/* ---- Delta debugging ------------------------------------------------------------------------ */

static void enforce(struct comparing *comparing, const struct indices *indices)
{
	for (size_t i = 0; i < indices->list.count; i++)
		hold_enforce(&comparing->trial.hold, indices->list.items[i], true);
}

/* The passing schedule, with @changed of what differs as in the failing one. */
static enum subject_verdict test(struct comparing *comparing, const struct indices *changed)
{
	hold_nothing(&comparing->trial.hold);
	enforce(comparing, &comparing->common);
	enforce(comparing, changed);
	return trial_follow(&comparing->trial, &comparing->tolerant.strategy);
}

/* Part @part of @parts of @all; or what is left without it. */
static struct indices cut(const struct indices *all, size_t part, size_t parts, bool without)
{
	size_t begin = all->list.count * part / parts, end = all->list.count * (part + 1) / parts;
	struct indices indices = { .list = { 0 } };

	for (size_t i = 0; i < all->list.count; i++)
		if ((i >= begin && i < end) != without)
			vec_push(&indices.list, all->list.items[i]);
	return indices;
}

/* Is there a part, or what is left without one, that fails? Then it takes the place of @all. */
static bool narrow(struct comparing *comparing, struct indices *all, size_t parts, bool without)
{
	for (size_t part = 0; part < parts; part++) {
		struct indices fewer = cut(all, part, parts, without);

		if (test(comparing, &fewer) == SUBJECT_FAILS) {
			vec_release(&all->list);
			*all = fewer;
			return true;
		}
		vec_release(&fewer.list);
	}
	return false;
}

/* @all fails; afterwards no single one can be left out. */
static void minimize(struct comparing *comparing, struct indices *all)
{
	size_t parts = 2;

	while (all->list.count >= 2) {
		if (narrow(comparing, all, parts, false)) {
			parts = 2;
		} else if (parts > 2 && narrow(comparing, all, parts, true)) {
			parts--;
		} else if (parts == all->list.count) {
			break;
		} else {
			parts = 2 * parts < all->list.count ? 2 * parts : all->list.count;
		}
	}
}

static void add_members(struct comparing *comparing, const struct indices *changed,
			struct against *against)
{
	for (size_t i = 0; i < changed->list.count; i++) {
		struct indices fewer = cut(changed, i, changed->list.count, true);
		struct against_member member = {
			.condition = comparing->conditions.items[changed->list.items[i]],
			.otherwise = test(comparing, &fewer),
		};

		vec_push(&against->members, member);
		vec_release(&fewer.list);
	}
}

/* ---- The whole ------------------------------------------------------------------------------ */

static int compare(struct comparing *comparing, const struct schedule *passing,
		   struct against *against, struct err *err)
{
	int status = sort_conditions(comparing, passing, err);

	if (status)
		return status;
	against->compared = (unsigned int)comparing->conditions.count;
	against->differing = (unsigned int)comparing->differing.list.count;
	if (test(comparing, &comparing->differing) != SUBJECT_FAILS)
		return 0;
	minimize(comparing, &comparing->differing);
	add_members(comparing, &comparing->differing, against);
	return 0;
}

/* Two executions of @subject: the accesses of the one that fails, and the one that passes. */
struct two {
	const struct subject *subject;
	struct conflicts conflicts;
	const struct schedule *passing;
};

static int find(struct against *against, const struct two *two, bool switches, struct err *err)
{
	struct comparing comparing = { .conditions = { 0 } };
	int status;

	trial_init(&comparing.trial, two->subject);
	tolerant_init(&comparing.tolerant, two->passing, two->subject->program, NULL);
	add_conditions(&comparing, &two->conflicts, switches);
	status = compare(&comparing, two->passing, against, err);
	against->runs += comparing.trial.runs;
	tolerant_release(&comparing.tolerant);
	trial_release(&comparing.trial);
	vec_release(&comparing.conditions);
	vec_release(&comparing.common.list);
	vec_release(&comparing.differing.list);
	return status;
}

int against_find(struct against *against, const struct subject *subject,
		 const struct schedule *failing, const struct schedule *passing, struct err *err)
{
	struct two two = { .subject = subject, .passing = passing };
	int status = conflicts_find(&two.conflicts, subject, failing, err);

	if (!status)
		status = find(against, &two, false, err);
	if (!status && !against->members.count)
		status = find(against, &two, true, err);
	conflicts_release(&two.conflicts);
	return status;
}

void against_release(struct against *against)
{
	vec_release(&against->members);
}

/* ---- In words ------------------------------------------------------------------------------- */

static void write_member(const struct against_member *member, unsigned int number,
			 const struct baton_program *program, struct text *text)
{
	static const char *const otherwise[] = {
		[SUBJECT_PASSES] = "it passes",
		[SUBJECT_FAILS] = "it fails all the same",
		[SUBJECT_DIFFERS] = "it fails in another way",
		[SUBJECT_OPEN] = "it cannot be run: who is to come first never comes",
	};

	text_addf(text, "  %u. ", number);
	condition_format(&member->condition, program, text);
	text_add_char(text, '\n');
	condition_format_lines(&member->condition, text);
	text_addf(text, "     without this one %s\n", otherwise[member->otherwise]);
}

void against_write(const struct against *against, const struct baton_program *program,
		   const char *passing, struct text *text)
{
	unsigned int count = (unsigned int)against->members.count;

	text_addf(text,
		  "  against %s, which passes and has %u of %u orders and answers otherwise:\n",
		  passing, against->differing, against->compared);
	if (!count) {
		text_add(text,
			 "\n  Nothing can be said: with all of them it does not fail either.\n");
		return;
	}
	text_addf(text, "\n");
	for (unsigned int i = 0; i < count; i++)
		write_member(&against->members.items[i], i + 1, program, text);
	text_addf(
		text,
		"\n  relative:   with %s as in the failing execution, this schedule fails (%llu "
		"runs).\n              Against another one that passes it may be something else.\n",
		count == 1 ? "this one" : "these", (unsigned long long)against->runs);
}
