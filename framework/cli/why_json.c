/* SPDX-License-Identifier: MIT */
#include "cli/why_json.h"

#include "cli/cli.h"
#include "explain/window.h"
#include "reports/json_tree.h"
#include "scenario/show.h"

#define SCHEMA_VERSION 1

static void set_count(json_t *object, const char *key, uint64_t count)
{
	json_tree_set(object, key, json_tree_number(count));
}

static void set_string(json_t *object, const char *key, const char *bytes)
{
	json_tree_set(object, key, json_tree_string(bytes));
}

/* ---- What was shrunk ------------------------------------------------------------------------ */

static json_t *make_cost(const struct sched_cost *cost)
{
	json_t *object = json_object();

	set_count(object, "faults", cost->faults);
	set_count(object, "preemptions", cost->preemptions);
	set_count(object, "switches", cost->switches);
	set_count(object, "steps", cost->steps);
	set_count(object, "cpus", cost->cpus);
	return object;
}

static void set_schedule(json_t *object, const char *key, const struct schedule *schedule,
			 const struct baton_program *program)
{
	struct text text = TEXT_INIT;

	if (schedule->entries.count)
		schedule_format(schedule, program, &text);
	set_string(object, key, schedule->entries.count ? text.bytes : NULL);
	text_release(&text);
}

json_t *why_json(const struct why *why)
{
	const struct run_case *which = &why->recorded.which;
	const struct shrunk *shrunk = &why->shrunk;
	char *command = show_replay_command(why->failing.runner, &shrunk->schedule, cli_command);
	json_t *document = json_object();

	set_count(document, "schema_version", SCHEMA_VERSION);
	set_string(document, "scenario", which->scenario->name.text);
	set_string(document, "path", which->scenario->source.path);
	set_string(document, "variant", which->scenario->variants.items[which->variant].title);
	set_string(document, "cell", why->failing.runner->cell_name);
	set_string(document, "failure", why->failing.name);
	json_tree_set(document, "before", make_cost(&shrunk->before));
	json_tree_set(document, "smallest", make_cost(&shrunk->cost));
	json_tree_set(document, "proved", json_boolean(shrunk->proved));
	set_string(document, "because", shrunk->because.bytes);
	set_schedule(document, "schedule", &shrunk->schedule, why->failing.subject.program);
	set_string(document, "replay", command);
	free(command);
	return document;
}

/* ---- Conditions ----------------------------------------------------------------------------- */

static json_t *make_place(const struct place *place, const struct baton_program *program)
{
	json_t *object = json_object(), *point = json_object();

	set_string(point, "name", place->point->name);
	json_tree_set(point, "labelled", json_boolean(place->point->labelled != 0));
	set_string(point, "file", place->point->file);
	set_count(point, "line", place->point->line);
	set_string(object, "cpu", program->cpus[place->cpu].name);
	json_tree_set(object, "point", point);
	set_count(object, "nth", place->nth);
	return object;
}

static json_t *make_condition(const struct condition *condition,
			      const struct baton_program *program)
{
	const struct answer *answer = &condition->answer;
	json_t *object = json_object();
	struct text text = TEXT_INIT;

	condition_format(condition, program, &text);
	set_string(object, "text", text.bytes);
	text_release(&text);
	if (condition->kind == CONDITION_ORDER) {
		json_tree_set(object, "first", make_place(&condition->first, program));
		json_tree_set(object, "second", make_place(&condition->second, program));
		return object;
	}
	set_string(object, "cpu", program->cpus[answer->cpu].name);
	set_string(object, "name", answer->name);
	set_count(object, "nth", answer->nth);
	json_tree_set(object, "fault", json_boolean(answer->kind == BATON_CHOICE_FAULT));
	set_count(object, "value", answer->value);
	return object;
}

static json_t *make_count(const struct trial_count *count)
{
	json_t *object = json_object();

	set_count(object, "executions", count->executions);
	set_count(object, "fails", count->fails);
	set_count(object, "passes", count->passes);
	set_count(object, "differs", count->differs);
	set_string(object, "strength", strength_name(count->strength));
	set_string(object, "bounds", *count->bounds ? count->bounds : NULL);
	return object;
}

/* ---- The core ------------------------------------------------------------------------------- */

static json_t *make_member(const struct core_candidate *candidate,
			   const struct baton_program *program)
{
	json_t *object = make_condition(&candidate->condition, program);

	json_tree_set(object, "otherwise", make_count(&candidate->broken));
	set_schedule(object, "passing", &candidate->passing, program);
	return object;
}

static json_t *make_role(const struct core *core, enum core_role role,
			 const struct baton_program *program)
{
	json_t *array = json_array();

	for (size_t i = 0; i < core->candidates.count; i++) {
		const struct core_candidate *candidate = &core->candidates.items[i];

		if (candidate->role == role)
			json_tree_append(array,
					 role == CORE_NEEDED ?
						 make_member(candidate, program) :
						 make_condition(&candidate->condition, program));
	}
	return array;
}

static json_t *make_window(const struct core *core, const struct baton_program *program)
{
	struct window window;
	json_t *object;

	if (!window_find(core, &window))
		return json_null();
	object = json_object();
	set_string(object, "cpu", program->cpus[window.opens->first.cpu].name);
	json_tree_set(object, "from", make_place(&window.opens->first, program));
	json_tree_set(object, "to", make_place(&window.closes->second, program));
	set_count(object, "steps", window.steps);
	return object;
}

static json_t *make_nearest(const struct core *core, const struct baton_program *program)
{
	json_t *object;

	if (!core->nearest.entries.count)
		return json_null();
	object = json_object();
	set_schedule(object, "schedule", &core->nearest, program);
	set_count(object, "reversed", core->reversed);
	set_count(object, "pairs", core->conflicts.pairs.count);
	return object;
}

void why_json_core(json_t *document, const struct why *why, const struct core *core)
{
	const struct baton_program *program = why->failing.subject.program;
	json_t *object = json_object();

	json_tree_set(document, "core", core->explained ? object : json_null());
	if (!core->explained) {
		json_decref(object);
		return;
	}
	set_count(object, "depth", core_depth(core));
	json_tree_set(object, "members", make_role(core, CORE_NEEDED, program));
	json_tree_set(object, "enough", make_count(&core->obeying));
	json_tree_set(object, "all", make_count(&core->all));
	set_count(object, "fails_without", core->failing_others);
	json_tree_set(object, "window", make_window(core, program));
	json_tree_set(object, "forced", make_role(core, CORE_FORCED, program));
	json_tree_set(object, "irrelevant", make_role(core, CORE_IRRELEVANT, program));
	json_tree_set(object, "nearest", make_nearest(core, program));
}

void why_json_against(json_t *document, const struct why *why, const struct against *against,
		      const char *passing)
{
	static const char *const otherwise[] = {
		[SUBJECT_PASSES] = "passes",
		[SUBJECT_FAILS] = "fails",
		[SUBJECT_DIFFERS] = "differs",
		[SUBJECT_OPEN] = "stuck",
	};
	json_t *object = json_object(), *members = json_array();

	for (size_t i = 0; i < against->members.count; i++) {
		const struct against_member *member = &against->members.items[i];
		json_t *made = make_condition(&member->condition, why->failing.subject.program);

		set_string(made, "otherwise", otherwise[member->otherwise]);
		json_tree_append(members, made);
	}
	set_string(object, "passing", passing);
	set_count(object, "compared", against->compared);
	set_count(object, "differing", against->differing);
	json_tree_set(object, "members", members);
	json_tree_set(document, "against", object);
}

void why_json_saved(json_t *document, const struct text *path, const struct text *reason)
{
	set_string(document, "saved", path->length ? path->bytes : NULL);
	set_string(document, "not_saved", reason->length ? reason->bytes : NULL);
}
