/* SPDX-License-Identifier: MIT */
#include "explain/story.h"

#include <string.h>

#include "explain/told.h"
#include "explain/window.h"

/* Conditions of one kind that are named before the rest is only counted. */
#define NAMED_MAX 3u

struct story {
	const struct subject *subject;
	const struct core *core;
	struct told told; /* the failing execution */
	struct text *text;
};

static bool is_order(const struct core_candidate *candidate)
{
	return candidate->condition.kind == CONDITION_ORDER;
}

static const char *ending(unsigned int count)
{
	return count == 1 ? "" : "s";
}

static unsigned int count_members(const struct core *core)
{
	return hitting_count(&core->members);
}

void story_orders(const struct core *core, const struct baton_program *program, const char *indent,
		  struct text *text)
{
	for (size_t i = 0; i < core->candidates.count; i++) {
		const struct core_candidate *candidate = &core->candidates.items[i];

		if (candidate->role != CORE_NEEDED)
			continue;
		text_add(text, indent);
		condition_format(&candidate->condition, program, text);
		text_add(text, ";\n");
	}
}

/* ---- One condition ------------------------------------------------------------------------- */

static void add_count(const struct story *story, uint64_t count, const char *what)
{
	if (!count)
		return;
	text_add(story->text, ", ");
	text_add_count(story->text, count);
	text_addf(story->text, " %s", what);
}

/* "otherwise 12 of 14 executions pass, 2 fail all the same". */
static void add_evidence(const struct story *story, const struct core_candidate *candidate)
{
	const struct trial_count *broken = &candidate->broken;

	text_add(story->text, "     otherwise ");
	text_add_count(story->text, broken->passes);
	text_add(story->text, " of ");
	text_add_count(story->text, broken->executions);
	text_addf(story->text, " execution%s pass%s", ending((unsigned int)broken->executions),
		  broken->executions == 1 ? "es" : "");
	add_count(story, broken->fails, "fail all the same");
	add_count(story, broken->differs, "fail in another way");
	if (broken->strength == STRENGTH_CUT)
		text_addf(story->text, " (cut%s%s)", *broken->bounds ? " " : "", broken->bounds);
	text_add_char(story->text, '\n');
}

static void add_end(const struct story *story, const struct told *other)
{
	const char *here = story->told.end.bytes, *there = other->end.bytes;

	if (!*here || !strcmp(here, there))
		return;
	if (!*there)
		there = "nothing wrong";
	text_addf(story->text, "     in the end: %.*s; otherwise %.*s\n", (int)strcspn(here, "\n"),
		  here, (int)strcspn(there, "\n"), there);
}

/* What is different otherwise: for the CPU that comes second, or else for the first. */
static int add_difference(const struct story *story, const struct core_candidate *candidate,
			  struct err *err)
{
	const struct condition *condition = &candidate->condition;
	uint32_t cpus[2] = { condition->second.cpu, condition->first.cpu };
	struct text difference = TEXT_INIT;
	struct told other = { .cpus = NULL, .end = TEXT_INIT };
	int status;

	if (!candidate->passing.entries.count)
		return 0;
	if (!is_order(candidate))
		cpus[0] = cpus[1] = (uint32_t)condition->answer.cpu;
	status = told_record(&other, story->subject, &candidate->passing, err);
	for (int i = 0; i < 2 && !status && !difference.length; i++)
		told_difference(&story->told, &other, cpus[i], &difference);
	if (difference.length)
		text_addf(story->text, "     %s\n", difference.bytes);
	if (!status)
		add_end(story, &other);
	text_release(&difference);
	told_release(&other);
	return status;
}

static int add_condition(const struct story *story, const struct core_candidate *candidate,
			 unsigned int number, struct err *err)
{
	text_addf(story->text, "  %u. ", number);
	condition_format(&candidate->condition, story->subject->program, story->text);
	text_add_char(story->text, '\n');
	condition_format_lines(&candidate->condition, story->text);
	if (add_difference(story, candidate, err))
		return -1;
	add_evidence(story, candidate);
	return 0;
}

static int add_conditions(const struct story *story, struct err *err)
{
	unsigned int number = 0;

	for (size_t i = 0; i < story->core->candidates.count; i++) {
		const struct core_candidate *candidate = &story->core->candidates.items[i];

		if (candidate->role == CORE_NEEDED &&
		    add_condition(story, candidate, ++number, err))
			return -1;
	}
	return 0;
}

/* ---- All of them --------------------------------------------------------------------------- */

static void add_strength(const struct story *story, const struct trial_count *count)
{
	text_add(story->text, " (");
	trial_format_strength(count, story->text);
	text_add(story->text, ")");
}

/* "enough: 258 of 258 executions that obey them fail (exhaustive)" */
static void add_enough(const struct story *story, const char *them)
{
	const struct trial_count *obeying = &story->core->obeying;
	bool one = obeying->executions == 1;

	text_add(story->text, "  enough:     ");
	text_add_count(story->text, obeying->fails);
	text_add(story->text, " of ");
	text_add_count(story->text, obeying->executions);
	text_addf(story->text, " execution%s that obey%s %s fail%s", one ? "" : "s", one ? "s" : "",
		  them, one ? "s" : "");
	add_strength(story, obeying);
	text_add_char(story->text, '\n');
}

static void add_besides(const struct story *story, const char *them)
{
	const struct core *core = story->core;

	text_add(story->text, "  without:    ");
	if (core->failing_others)
		text_add_count(story->text, core->failing_others);
	else
		text_add(story->text, "none");
	text_add(story->text, " of all ");
	text_add_count(story->text, core->all.executions);
	text_addf(story->text, " executions fail%s without %s",
		  core->failing_others == 1 ? "s" : "", them);
	add_strength(story, &core->all);
	if (core->failing_others)
		text_add(story->text, ": there is another way");
	text_add_char(story->text, '\n');
}

static void add_sufficiency(const struct story *story)
{
	const char *them = count_members(story->core) == 1 ? "it" : "them";

	add_enough(story, them);
	add_besides(story, them);
}

static unsigned int count_role(const struct core *core, enum core_role role)
{
	unsigned int count = 0;

	for (size_t i = 0; i < core->candidates.count; i++)
		count += core->candidates.items[i].role == role;
	return count;
}

static void add_role(const struct story *story, enum core_role role, const char *heading,
		     const char *why)
{
	const struct core *core = story->core;
	unsigned int count = count_role(core, role), named = 0;

	if (!count)
		return;
	text_addf(story->text, "  %s%u other%s %s\n", heading, count, ending(count), why);
	for (size_t i = 0; i < core->candidates.count && named < NAMED_MAX; i++) {
		if (core->candidates.items[i].role != role)
			continue;
		text_add(story->text, "                ");
		condition_format(&core->candidates.items[i].condition, story->subject->program,
				 story->text);
		text_add_char(story->text, '\n');
		named++;
	}
	if (count > named)
		text_add(story->text, "                ...\n");
}

static void add_nearest(const struct story *story)
{
	const struct core *core = story->core;

	if (!core->nearest.entries.count)
		return;
	text_add(story->text, "  nearest:    '");
	schedule_format(&core->nearest, story->subject->program, story->text);
	text_add(story->text, "' passes");
	if (core->reversed)
		text_addf(story->text, ", and reverses %u of %zu conflicting pairs", core->reversed,
			  core->conflicts.pairs.count);
	text_add_char(story->text, '\n');
}

static void add_unexplained(const struct story *story)
{
	text_addf(story->text, "  No order explains it: an execution with the same orders of all "
			       "accesses passes.\n  Is there shared memory that is not announced? "
			       "(baton run warns of it.)\n");
}

/* Nothing can be done about it: neither orders nor answers matter. */
static void add_always(const struct story *story)
{
	text_add(story->text, "  No order matters: it fails in each of ");
	text_add_count(story->text, story->core->obeying.executions);
	text_add(story->text, " explored executions");
	add_strength(story, &story->core->obeying);
	text_add(story->text, ".\n");
}

static void add_heading(const struct story *story)
{
	unsigned int depth = core_depth(story->core);
	unsigned int answers = count_members(story->core) - depth;

	text_addf(story->text, "  %s needs ", story->subject->failure);
	if (depth)
		text_addf(story->text, "%u order%s (depth %u)%s", depth, ending(depth), depth,
			  answers ? " and " : "");
	if (answers)
		text_addf(story->text, "%u answer%s to a choice", answers, ending(answers));
	text_addf(story->text, "%s:\n", depth ? "" : ", and no order matters");
}

static int tell(const struct story *story, struct err *err)
{
	if (!story->core->explained) {
		add_unexplained(story);
		return 0;
	}
	if (!count_members(story->core)) {
		add_always(story);
		return 0;
	}
	add_heading(story);
	text_add_char(story->text, '\n');
	if (add_conditions(story, err))
		return -1;
	text_add_char(story->text, '\n');
	add_sufficiency(story);
	window_write(story->core, story->subject->program, story->text);
	add_role(story, CORE_FORCED, "forced:     ", "cannot be otherwise then:");
	add_role(story, CORE_IRRELEVANT, "irrelevant: ", "can be either way:");
	add_nearest(story);
	return 0;
}

int story_otherwise(const struct subject *subject, const struct schedule *failing,
		    const struct core_candidate *candidate, struct text *text, struct err *err)
{
	struct story story = { .subject = subject, .told = { .end = TEXT_INIT }, .text = text };
	int status = told_record(&story.told, subject, failing, err);

	if (!status)
		status = add_difference(&story, candidate, err);
	if (!status)
		add_evidence(&story, candidate);
	told_release(&story.told);
	return status;
}

int story_write(const struct subject *subject, const struct schedule *failing,
		const struct core *core, struct text *text, struct err *err)
{
	struct story story = { .subject = subject,
			       .core = core,
			       .told = { .end = TEXT_INIT },
			       .text = text };
	int status = told_record(&story.told, subject, failing, err);

	if (!status)
		status = tell(&story, err);
	told_release(&story.told);
	return status;
}
