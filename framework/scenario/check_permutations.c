/* SPDX-License-Identifier: MIT */
/* Permutations: places in a fixed order. */
#include <string.h>

#include "scenario/check.h"
#include "scenario/later.h"

/* Each place once, and those of one CPU in the order in which it gets there. */
static void check_item_order(struct check *check, const struct permutation *permutation,
			     size_t index)
{
	const struct ref *ref = &permutation->items.items[index].ref;
	const char *hint = ref->kind == REF_POINT ? "; '@2' is the second time" : "";

	for (size_t i = 0; i < index; i++) {
		const struct ref *other = &permutation->items.items[i].ref;

		if (!check_comparable(other, ref) || check_earlier(other, ref))
			continue;
		if (check_earlier(ref, other))
			diagnostics_error(
				check->diagnostics, ref->at,
				"cpu '%s' runs '%s' before '%s': it cannot follow it here",
				check->scenario->cpus.items[ref->cpu].name.text, ref->name.text,
				other->name.text);
		else
			diagnostics_error(check->diagnostics, ref->at,
					  "'%s' is in this permutation already, on line %u%s",
					  ref->name.text, check_line(check, other->at), hint);
		return;
	}
}

static void check_marker(struct check *check, struct permutation_item *item)
{
	if (item->marker == MARKER_NONE)
		return;
	later_refuse(check->diagnostics, item->marker_at, LATER_MARKER);
	if (item->marker == MARKER_AFTER)
		check_ref(check, &item->after, -1);
}

static void check_permutation(struct check *check, struct permutation *permutation)
{
	bool resolved = true;

	permutation->items.count = check_limit(check, permutation->items.count,
					       SCENARIO_ENTRIES_MAX, permutation->at,
					       "items in a permutation");
	if (!permutation->items.count && !check->incomplete)
		diagnostics_error(check->diagnostics, permutation->at, "a permutation of nothing");
	for (size_t i = 0; i < permutation->items.count; i++) {
		struct permutation_item *item = &permutation->items.items[i];

		resolved &= check_ref(check, &item->ref, -1);
		check_marker(check, item);
		if (resolved)
			check_item_order(check, permutation, i);
	}
}

void check_permutations(struct check *check)
{
	struct scenario *scenario = check->scenario;

	for (size_t i = 0; i < scenario->permutations.count; i++) {
		struct permutation *permutation = &scenario->permutations.items[i];

		check_permutation(check, permutation);
		for (size_t j = 0; j < i && permutation->title.text; j++) {
			const struct permutation *other = &scenario->permutations.items[j];

			if (other->title.text &&
			    !strcmp(other->title.text, permutation->title.text))
				diagnostics_error(check->diagnostics, permutation->title.at,
						  "permutation \"%s\" is already on line %u",
						  permutation->title.text,
						  check_line(check, other->at));
		}
	}
}
