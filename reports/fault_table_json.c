/* SPDX-License-Identifier: MIT */
#include "base/bug.h"
#include "reports/fault_table.h"

static void set(json_t *object, const char *key, json_t *value)
{
	BUG_ON(json_object_set_new(object, key, value));
}

static json_t *make_shown(const struct fault_row *row)
{
	json_t *list = json_array();

	for (size_t i = 0; i < row->shown.count; i++) {
		const struct fault_shown *shown = &row->shown.items[i];
		json_t *entry = json_object();

		set(entry, "predicate", json_string(shown->name));
		set(entry, "executions", json_integer((json_int_t)shown->executions));
		set(entry, "judged", json_boolean(!shown->excused));
		BUG_ON(json_array_append_new(list, entry));
	}
	return list;
}

json_t *fault_table_json(const struct fault_table_result *result)
{
	json_t *list = json_array();

	for (size_t i = 0; i < result->rows.count; i++) {
		const struct fault_row *row = &result->rows.items[i];
		json_t *entry = json_object();

		set(entry, "point", json_string(row->point));
		set(entry, "nth", json_integer(row->pass));
		set(entry, "cpu", json_string(row->cpu));
		set(entry, "errno", row->error ? json_string(row->error) : json_null());
		set(entry, "may_show", json_boolean(row->may_show));
		set(entry, "executions", json_integer((json_int_t)row->executions));
		set(entry, "outcome", json_string(fault_table_outcome(row)));
		set(entry, "shown", make_shown(row));
		BUG_ON(json_array_append_new(list, entry));
	}
	return list;
}
