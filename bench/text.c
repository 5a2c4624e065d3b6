/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "bench/print.h"
#include "bench/rate.h"
#include "bench/reference.h"

/* Columns: the end of each one. */
enum {
	END_TRACES = 26,
	END_EXECUTIONS = 40,
	END_EXPECTED = 54,
	END_BLOCKED = 63,
	END_RATE = 76,
	END_BARE = 89,
	END_RATIO = 96,
	END_MEMORY = 107,
	BEGIN_OTHERS = 109,
};

static void right(struct text *line, size_t end, const char *word)
{
	text_pad(line, end - strlen(word), ' ');
	text_add(line, word);
}

/* 1,968,480 */
static void right_number(struct text *line, size_t end, uint64_t number)
{
	struct text word = TEXT_INIT;

	text_add_count(&word, number);
	right(line, end, word.bytes);
	text_release(&word);
}

/* 0 stands for "not known". */
static void right_count(struct text *line, size_t end, uint64_t count)
{
	if (count)
		right_number(line, end, count);
	else
		right(line, end, "-");
}

void print_text_begin(const struct limits *limits)
{
	printf("Rates are executions per second of %s, the best of %d parts of %g s.\n"
	       "The bare loop runs one typical execution again and again, with no explorer.\n"
	       "Memory is the most that a searching process had resident. A '-' is not known.\n",
	       limits->jobs > 1 ? "the clock" : "CPU time", RATE_PARTS,
	       limits->seconds / RATE_PARTS);
}

static void print_heading(const struct row *row)
{
	struct text line = TEXT_INIT;

	row_strategy(row, &line);
	if (row->commuting)
		text_add(&line, ", commuting");
	right(&line, END_TRACES, "traces");
	right(&line, END_EXECUTIONS, "executions");
	right(&line, END_EXPECTED, "expected");
	right(&line, END_BLOCKED, "blocked");
	right(&line, END_RATE, "rate");
	right(&line, END_BARE, "bare loop");
	right(&line, END_RATIO, "ratio");
	right(&line, END_MEMORY, "memory");
	text_pad(&line, BEGIN_OTHERS, ' ');
	text_add(&line, "rates of others");
	printf("\n%s\n", line.bytes);
	text_release(&line);
}

static void add_rates(struct text *line, const struct measurement *result)
{
	char word[32];

	right_number(line, END_RATE, (uint64_t)result->executions_per_second);
	right_number(line, END_BARE, (uint64_t)result->bare_per_second);
	snprintf(word, sizeof(word), "%.2f",
		 result->executions_per_second / result->bare_per_second);
	right(line, END_RATIO, word);
	snprintf(word, sizeof(word), "%.1f MiB", (double)result->memory_bytes / (1024.0 * 1024.0));
	right(line, END_MEMORY, word);
}

static bool same_table(const struct row *row, const struct row *before)
{
	return before && before->strategy == row->strategy && before->depth == row->depth &&
	       before->commuting == row->commuting;
}

void print_text(const struct row *row, const struct row *before, const struct measurement *result)
{
	struct text line = TEXT_INIT;

	if (!same_table(row, before))
		print_heading(row);
	text_addf(&line, "%s %u", row->program->name, row->size);
	if (result->error[0]) {
		printf("%s: %s\n", line.bytes, result->error);
		text_release(&line);
		return;
	}
	right_count(&line, END_TRACES, result->traces);
	right_number(&line, END_EXECUTIONS, result->executions);
	right_count(&line, END_EXPECTED, reference_executions(row));
	right_number(&line, END_BLOCKED, result->blocked);
	add_rates(&line, result);
	text_pad(&line, BEGIN_OTHERS, ' ');
	text_add(&line, print_as_expected(row, result) ? reference_others(row) : "NOT AS EXPECTED");
	text_trim(&line, ' ');
	puts(line.bytes);
	fflush(stdout);
	text_release(&line);
}
