/* SPDX-License-Identifier: MIT */
/*
 * main.c - baton-bench: how many executions do small programs take, and how fast are
 * they run?
 *
 * Exit codes: 0; 1 if a search that went through did not take as many executions as it
 * should; 2 for wrong arguments, or where something could not be measured.
 */

#include "bench/args.h"
#include "bench/measure.h"
#include "bench/print.h"
#include "bench/reference.h"

bool print_as_expected(const struct row *row, const struct measurement *result)
{
	uint64_t expected = reference_executions(row);

	return !expected || !result->through ||
	       (result->executions == expected && !result->blocked);
}

static int status_of(const struct row *row, const struct measurement *result)
{
	if (result->error[0])
		return 2;
	return print_as_expected(row, result) ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct measurement *results;
	struct args args;
	int status = 0;

	args_parse(&args, argc, argv);
	results = xcalloc(args.rows.list.count, sizeof(*results));
	if (!args.json)
		print_text_begin(&args.limits);
	for (size_t i = 0; i < args.rows.list.count; i++) {
		const struct row *row = &args.rows.list.items[i];
		int outcome;

		measure(row, &args.limits, &results[i]);
		if (!args.json)
			print_text(row, i ? row - 1 : NULL, &results[i]);
		outcome = status_of(row, &results[i]);
		status = outcome > status ? outcome : status;
	}
	if (args.json)
		print_json(&args.rows, &args.limits, results);
	free(results);
	args_release(&args);
	return status;
}
