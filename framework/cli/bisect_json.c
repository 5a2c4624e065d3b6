/* SPDX-License-Identifier: MIT */
#include <jansson.h>
#include <string.h>

#include "cli/bisect.h"
#include "reports/json_tree.h"

#define SCHEMA_VERSION 1

static const char *word_of(enum bisect_answer answer)
{
	static const char *const words[] = {
		[BISECT_UNASKED] = "unasked",
		[BISECT_GOOD] = "good",
		[BISECT_BAD] = "bad",
		[BISECT_UNKNOWN] = "unknown",
	};

	return words[answer];
}

static json_t *make_state(const struct bisect_found *found, size_t i)
{
	json_t *state = json_object();
	struct text said = TEXT_INIT;
	bool asked = found->bisect.answers[i] != BISECT_UNASKED;

	if (asked)
		probe_text(&found->prober.probes.items[i], found->name, &said);
	json_tree_set(state, "variant",
		      json_tree_string(found->series.scenario->variants.items[i].title));
	json_tree_set(state, "patch",
		      json_tree_string(found->series.patches.items[i] ?
					       found->series.patches.items[i]->id :
					       NULL));
	json_tree_set(state, "answer", json_tree_string(word_of(found->bisect.answers[i])));
	json_tree_set(state, "shows", asked ? json_tree_string(said.bytes) : json_null());
	text_release(&said);
	return state;
}

static json_t *make_trial(const struct bisect_found *found, const struct blame_trial *trial)
{
	const struct bisect *bisect = &found->bisect;
	json_t *object = json_object();

	json_tree_set(object, "change", json_tree_string(trial->change));
	json_tree_set(object, "patch", json_boolean(trial->patch != NULL));
	json_tree_set(object, "without", json_tree_string(word_of(trial->without)));
	json_tree_set(object, "alone", json_tree_string(word_of(trial->alone)));
	json_tree_set(object, "is_it",
		      json_boolean(blame_is_it(trial, bisect->answers[bisect->before],
					       bisect->answers[bisect->after])));
	json_tree_set(object, "refused", json_tree_string(trial->why));
	return object;
}

void bisect_json(const struct bisect_found *found, struct text *out)
{
	json_t *document = json_object(), *states = json_array(), *trials = json_array();
	bool changes = found->bisect.after > 0;

	for (size_t i = 0; i < found->bisect.count; i++)
		json_tree_append(states, make_state(found, i));
	for (size_t i = 0; i < found->blame.trials.count; i++)
		json_tree_append(trials, make_trial(found, &found->blame.trials.items[i]));
	json_tree_set(document, "schema_version", json_integer(SCHEMA_VERSION));
	json_tree_set(document, "scenario", json_tree_string(found->series.scenario->name.text));
	json_tree_set(document, "predicate", json_tree_string(found->name));
	json_tree_set(document, "first_fixed", json_boolean(found->first_fixed));
	json_tree_set(document, "states", states);
	json_tree_set(document, "before",
		      changes ? json_tree_number(found->bisect.before) : json_null());
	json_tree_set(document, "after",
		      changes ? json_tree_number(found->bisect.after) : json_null());
	json_tree_set(document, "changes_once", json_boolean(found->bisect.changes_once));
	json_tree_set(document, "core",
		      found->cores.orders.length ? json_tree_string(found->cores.orders.bytes) :
						   json_null());
	json_tree_set(document, "core_obeyed",
		      found->cores.tried ? json_tree_number(found->cores.obeying) : json_null());
	json_tree_set(document, "core_bad",
		      found->cores.tried ? json_tree_number(found->cores.bad) : json_null());
	json_tree_set(document, "core_alone",
		      found->cores.tried ? json_tree_string(found->cores.alone.bytes) :
					   json_null());
	json_tree_set(document, "searches", json_tree_number(found->prober.searches));
	json_tree_set(document, "trials", trials);
	json_tree_put(document, out);
}
