/* SPDX-License-Identifier: MIT */
#include <jansson.h>

#include "base/bug.h"
#include "base/text.h"
#include "bench/print.h"
#include "bench/reference.h"

static json_t *count_or_null(uint64_t count)
{
	return count ? json_integer((json_int_t)count) : json_null();
}

static json_t *describe(const struct row *row)
{
	struct text strategy = TEXT_INIT;
	json_t *object;

	row_strategy(row, &strategy);
	object = json_pack("{s:s, s:i, s:s, s:b}", "program", row->program->name, "size",
			   (int)row->size, "strategy", strategy.bytes, "commuting", row->commuting);
	text_release(&strategy);
	return object;
}

static json_t *figures(const struct row *row, const struct measurement *result)
{
	return json_pack(
		"{s:o, s:I, s:o, s:I, s:b, s:f, s:f, s:f, s:f, s:I, s:s}", "traces",
		count_or_null(result->traces), "executions", (json_int_t)result->executions,
		"executions_expected", count_or_null(reference_executions(row)), "blocked",
		(json_int_t)result->blocked, "cut", !result->through, "steps_per_execution",
		result->steps, "executions_per_second", result->executions_per_second,
		"bare_executions_per_second", result->bare_per_second, "ratio_to_bare",
		result->executions_per_second / result->bare_per_second, "memory_peak_bytes",
		(json_int_t)result->memory_bytes, "others", reference_others(row));
}

void print_json(const struct rows *rows, const struct limits *limits,
		const struct measurement *results)
{
	json_t *list = json_array(), *document;

	for (size_t i = 0; i < rows->list.count; i++) {
		json_t *object = describe(&rows->list.items[i]);

		if (results[i].error[0])
			json_object_set_new(object, "error", json_string(results[i].error));
		else
			json_object_update_new(object, figures(&rows->list.items[i], &results[i]));
		json_array_append_new(list, object);
	}
	document = json_pack("{s:i, s:f, s:i, s:o}", "schema_version", 1, "seconds",
			     limits->seconds, "jobs", (int)limits->jobs, "rows", list);
	BUG_ON(!document);
	json_dumpf(document, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
	putchar('\n');
	json_decref(document);
}
