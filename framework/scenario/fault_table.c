/* SPDX-License-Identifier: MIT */
/*
 * fault_table.c - saved as a line for each row, and one for each name that it showed:
 *
 *	failed 2 0 17 mm/alloc_page
 *	showed 3 0 use_after_free
 *
 * The first is the pass, the CPU's index and the number of executions; the second the number of
 * executions, and 1 where they are excused.
 */
#include "scenario/fault_table.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/errno_name.h"

static void release_rows(struct fault_table_result *result)
{
	for (size_t i = 0; i < result->rows.count; i++)
		vec_release(&result->rows.items[i].shown);
	result->rows.count = 0;
}

static const struct model_fault *find_fault(const struct scenario *scenario, const char *point)
{
	return model_fault_find(scenario->model->faults, point);
}

/* What is not in the model's table must change nothing. */
static enum model_fault_effect effect_of(const struct model_fault *fault)
{
	return fault ? fault->effect : MODEL_FAULT_ABSORBED;
}

static struct fault_row make_row(const struct runner *runner, const struct fault_taken *taken)
{
	const struct model_fault *fault = find_fault(runner->scenario, taken->point);

	return (struct fault_row){
		.point = fault ? fault->name : taken->point,
		.cpu = runner->program.cpus[taken->cpu].name,
		.cpu_index = taken->cpu,
		.pass = taken->pass,
		.error = fault ? errno_name(model_fault_errno(fault)) : NULL,
		.effect = model_fault_effect_name(effect_of(fault)),
	};
}

static struct fault_row *find_row(struct fault_table *table, const struct fault_taken *taken)
{
	struct fault_table_result *result = table->result;

	for (size_t i = 0; i < result->rows.count; i++) {
		struct fault_row *row = &result->rows.items[i];

		if (row->pass == taken->pass && row->cpu_index == taken->cpu &&
		    !strcmp(row->point, taken->point))
			return row;
	}
	vec_push(&result->rows, make_row(table->judge->runner, taken));
	return &result->rows.items[result->rows.count - 1];
}

static void add_shown(struct fault_row *row, struct fault_shown shown)
{
	for (size_t i = 0; i < row->shown.count; i++) {
		struct fault_shown *known = &row->shown.items[i];

		if (known->excused == shown.excused && !strcmp(known->name, shown.name)) {
			known->executions += shown.executions;
			return;
		}
	}
	vec_push(&row->shown, shown);
}

static void see_verdicts(struct fault_row *row, const struct judge *judge)
{
	for (size_t i = 0; i < judge->tallies.count; i++) {
		const struct verdict *verdict = &judge->result->verdicts.items[i];
		const struct tally *tally = &judge->tallies.items[i];

		if (tally->shown && verdict->expected != EXPECT_SOMETIMES)
			add_shown(row,
				  (struct fault_shown){ verdict->predicate, 1, tally->excused });
	}
}

/* Where every point may fail, a rule of the scenario no longer says how often. */
static bool is_added(const struct faults *faults, const struct fault_taken *taken)
{
	return faults->any_times || faults->list.items[taken->rule].option;
}

void fault_table_execution(struct fault_table *table)
{
	const struct faults *faults = &table->judge->runner->scenario->faults;

	for (unsigned int i = 0; i < fault_taken_count(); i++) {
		const struct fault_taken *taken = fault_taken(i);
		struct fault_row *row;

		if (!is_added(faults, taken))
			continue;
		row = find_row(table, taken);
		row->executions++;
		see_verdicts(row, table->judge);
	}
}

enum model_fault_effect fault_table_effect(const struct scenario *scenario)
{
	enum model_fault_effect most = MODEL_FAULT_ABSORBED;

	for (unsigned int i = 0; i < fault_taken_count(); i++) {
		const struct fault_taken *taken = fault_taken(i);
		enum model_fault_effect effect = effect_of(find_fault(scenario, taken->point));

		if (is_added(&scenario->faults, taken) && effect > most)
			most = effect;
	}
	return most;
}

static int compare_rows(const void *a, const void *b)
{
	const struct fault_row *left = a, *right = b;
	int order = strcmp(left->point, right->point);

	if (!order)
		order = (left->pass > right->pass) - (left->pass < right->pass);
	return order ? order :
		       (left->cpu_index > right->cpu_index) - (left->cpu_index < right->cpu_index);
}

static int compare_shown(const void *a, const void *b)
{
	return strcmp(((const struct fault_shown *)a)->name, ((const struct fault_shown *)b)->name);
}

static void sort(struct fault_table_result *result)
{
	if (result->rows.count)
		qsort(result->rows.items, result->rows.count, sizeof(*result->rows.items),
		      compare_rows);
	for (size_t i = 0; i < result->rows.count; i++)
		if (result->rows.items[i].shown.count)
			qsort(result->rows.items[i].shown.items, result->rows.items[i].shown.count,
			      sizeof(*result->rows.items[i].shown.items), compare_shown);
}

/* All that the rows of a point have shown, of which the first is @first; they stand together. */
static struct fault_row sum_up(const struct fault_table_result *result, size_t first)
{
	struct fault_row sum = result->rows.items[first];

	memset(&sum.shown, 0, sizeof(sum.shown));
	for (size_t i = first; i < result->rows.count; i++) {
		const struct fault_row *row = &result->rows.items[i];

		for (size_t j = 0; j < row->shown.count && !strcmp(row->point, sum.point); j++)
			add_shown(&sum, row->shown.items[j]);
	}
	return sum;
}

static void add_note(const struct fault_row *sum, bool excused, const char *what,
		     struct text *notes)
{
	const char *separator = "";

	for (size_t i = 0; i < sum->shown.count; i++) {
		if (sum->shown.items[i].excused != excused)
			continue;
		if (!*separator)
			text_addf(notes, "'%s' %s: ", sum->point, what);
		text_addf(notes, "%s%s", separator, sum->shown.items[i].name);
		separator = ", ";
	}
	if (*separator)
		text_add_char(notes, '\n');
}

static void add_notes(struct text *notes, const struct fault_table_result *result, size_t first)
{
	struct fault_row sum = sum_up(result, first);

	bool absorbed = !strcmp(sum.effect, model_fault_effect_name(MODEL_FAULT_ABSORBED));
	struct text did = TEXT_INIT, differs = TEXT_INIT;

	text_addf(&did, "%s, and did", sum.effect);
	text_addf(&differs, "%s, %s not", sum.effect, absorbed ? "and was" : "but");
	add_note(&sum, true, did.bytes, notes);
	add_note(&sum, false, differs.bytes, notes);
	text_release(&did);
	text_release(&differs);
	vec_release(&sum.shown);
}

void fault_table_conclude(struct fault_table *table)
{
	struct fault_table_result *result = table->result;

	sort(result);
	for (size_t i = 0; i < result->rows.count && !result->asked; i++)
		if (!i || strcmp(result->rows.items[i].point, result->rows.items[i - 1].point) != 0)
			add_notes(&table->judge->result->notes, result, i);
}

/* ---- Gathered from parts ------------------------------------------------------------------ */

static void restart(struct gatherer *gatherer)
{
	release_rows(((struct fault_table *)gatherer)->result);
}

static void save(const struct gatherer *gatherer, struct text *text)
{
	const struct fault_table_result *result = ((const struct fault_table *)gatherer)->result;

	for (size_t i = 0; i < result->rows.count; i++) {
		const struct fault_row *row = &result->rows.items[i];

		text_addf(text, "failed %u %u %llu ", row->pass, row->cpu_index,
			  (unsigned long long)row->executions);
		fields_add(text, row->point);
		text_add_char(text, '\n');
		for (size_t j = 0; j < row->shown.count; j++) {
			text_addf(text, "showed %llu %d ",
				  (unsigned long long)row->shown.items[j].executions,
				  row->shown.items[j].excused);
			fields_add(text, row->shown.items[j].name);
			text_add_char(text, '\n');
		}
	}
}

/* The names are the judge's, which was put together before. */
static int merge_shown(struct fault_table *table, struct fault_row *row, struct fields *fields,
		       struct err *err)
{
	struct text name = TEXT_INIT;
	uint64_t executions = 0, excused = 0;
	size_t index;

	if (fields_number(fields, UINT64_MAX / 2, &executions, err) ||
	    fields_number(fields, 1, &excused, err) || fields_rest(fields, &name, err)) {
		text_release(&name);
		return -1;
	}
	index = judge_find(table->judge, name.bytes);
	text_release(&name);
	if (index == table->judge->tallies.count)
		return fields_fail(fields, err, "no such verdict");
	add_shown(row, (struct fault_shown){ table->judge->result->verdicts.items[index].predicate,
					     executions, excused != 0 });
	return 0;
}

static int merge_row(struct fault_table *table, struct fields *fields, struct err *err)
{
	const struct runner *runner = table->judge->runner;
	uint64_t pass = 0, cpu = 0, executions = 0;
	struct text name = TEXT_INIT;
	const struct model_fault *fault;
	size_t row;

	if (fields_number(fields, UINT_MAX, &pass, err) ||
	    fields_number(fields, runner->program.cpu_count - 1, &cpu, err) ||
	    fields_number(fields, UINT64_MAX / 2, &executions, err) ||
	    fields_rest(fields, &name, err)) {
		text_release(&name);
		return -1;
	}
	fault = find_fault(runner->scenario, name.bytes);
	text_release(&name);
	if (!fault)
		return fields_fail(fields, err, "no fault point of the model");
	row = (size_t)(find_row(table, &(struct fault_taken){ .point = fault->name,
							      .cpu = (unsigned int)cpu,
							      .pass = (unsigned int)pass }) -
		       table->result->rows.items);
	table->result->rows.items[row].executions += executions;
	while (fields_take(fields, "showed"))
		if (merge_shown(table, &table->result->rows.items[row], fields, err))
			return -1;
	return 0;
}

static int merge(struct gatherer *gatherer, struct fields *fields, struct err *err)
{
	while (fields_take(fields, "failed"))
		if (merge_row((struct fault_table *)gatherer, fields, err))
			return -1;
	return 0;
}

void fault_table_init(struct fault_table *table, const struct judge *judge)
{
	*table = (struct fault_table){
		.gatherer = { .restart = restart, .save = save, .merge = merge },
		.judge = judge,
		.result = &judge->result->faults,
	};
}
