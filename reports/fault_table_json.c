/* SPDX-License-Identifier: MIT */
#include "reports/fault_table.h"

static void put_shown(struct json_out *out, const struct fault_row *row)
{
	json_out_begin(out, "shown", '[');
	for (size_t i = 0; i < row->shown.count; i++) {
		const struct fault_shown *shown = &row->shown.items[i];

		json_out_begin(out, NULL, '{');
		json_out_string(out, "predicate", shown->name);
		json_out_number(out, "executions", shown->executions);
		json_out_bool(out, "judged", !shown->excused);
		json_out_end(out, '}');
	}
	json_out_end(out, ']');
}

void fault_table_json(struct json_out *out, const struct fault_table_result *result)
{
	json_out_begin(out, "faults", '[');
	for (size_t i = 0; i < result->rows.count; i++) {
		const struct fault_row *row = &result->rows.items[i];

		json_out_begin(out, NULL, '{');
		json_out_string(out, "point", row->point);
		json_out_number(out, "nth", row->pass);
		json_out_string(out, "cpu", row->cpu);
		json_out_string(out, "errno", row->error);
		json_out_string(out, "effect", row->effect);
		json_out_number(out, "executions", row->executions);
		json_out_string(out, "outcome", fault_table_outcome(row));
		put_shown(out, row);
		json_out_end(out, '}');
	}
	json_out_end(out, ']');
}
