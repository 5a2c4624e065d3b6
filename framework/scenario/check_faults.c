/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <string.h>

#include "base/errno_name.h"
#include "engine/function.h"
#include "scenario/build.h"
#include "scenario/check.h"

/* A number from 1 to @max; 0 if it is none, which is reported. */
static unsigned int check_count(struct check *check, struct name number, const char *what, int max)
{
	unsigned int errors = check->diagnostics->errors;
	long value = build_number(check->diagnostics, number);

	if (value >= 1 && value <= max)
		return (unsigned int)value;
	if (check->diagnostics->errors == errors)
		diagnostics_error(check->diagnostics, number.at, "'%s' is a number from 1 to %d",
				  what, max);
	return 0;
}

static void check_nth(struct check *check, struct fault_rule *rule,
		      const struct fault_setting *setting)
{
	rule->first = rule->last = check_count(check, setting->first, "nth", INT_MAX);
	if (!setting->last.text)
		return;
	rule->last = check_count(check, setting->last, "nth", INT_MAX);
	if (rule->first && rule->last && rule->last < rule->first)
		diagnostics_error(check->diagnostics, setting->at, "'%s..%s' is empty",
				  setting->first.text, setting->last.text);
}

static void add_errnos(struct names *names)
{
	for (int number = 1; number <= ERRNO_MAX; number++)
		if (errno_name(number))
			names_add(names, errno_name(number));
}

static int check_errno(struct check *check, struct name error)
{
	struct names names = { 0 };
	int number = errno_number(error.text);

	if (error.text[0] >= '0' && error.text[0] <= '9') {
		number = (int)check_count(check, error, "errno", ERRNO_MAX);
		if (number && !errno_name(number))
			diagnostics_error(check->diagnostics, error.at,
					  "Linux has no name for error %d", number);
		return errno_name(number) ? number : 0;
	}
	if (!number) {
		add_errnos(&names);
		names_unknown(check->diagnostics, "errno", error, &names);
	}
	return number;
}

static const char *check_function(struct check *check, struct name function)
{
	if (!function_find(function.text))
		diagnostics_error(check->diagnostics, function.at,
				  "no function '%s' in this program: was it built with -g?",
				  function.text);
	return function.text;
}

static void check_setting(struct check *check, struct fault_rule *rule,
			  const struct fault_setting *setting)
{
	switch (setting->attr) {
	case FAULT_NTH:
		check_nth(check, rule, setting);
		break;
	case FAULT_TIMES:
		rule->times = check_count(check, setting->first, "times", INT_MAX);
		break;
	case FAULT_INTERVAL:
		rule->interval = check_count(check, setting->first, "interval", INT_MAX);
		break;
	case FAULT_PROBABILITY:
		rule->probability = check_count(check, setting->first, "probability", 100);
		break;
	case FAULT_SPACE:
		rule->space = check_count(check, setting->first, "space", INT_MAX);
		break;
	case FAULT_ERRNO:
		rule->error = check_errno(check, setting->first);
		break;
	case FAULT_CPU:
		rule->cpu = check_running_cpu(check, setting->first);
		break;
	case FAULT_FUNCTION:
		rule->function = check_function(check, setting->first);
		break;
	case FAULT_ATTRS:
		break;
	}
}

static void check_settings(struct check *check, struct fault *fault)
{
	static const char *const words[FAULT_ATTRS] = {
		"nth", "times", "interval", "probability", "space", "errno", "in", "in function"
	};
	bool seen[FAULT_ATTRS] = { false };

	for (size_t i = 0; i < fault->settings.count; i++) {
		const struct fault_setting *setting = &fault->settings.items[i];

		if (seen[setting->attr])
			diagnostics_error(check->diagnostics, setting->at, "'%s' is given twice",
					  words[setting->attr]);
		else
			check_setting(check, &fault->rule, setting);
		seen[setting->attr] = true;
	}
}

static void check_pattern(struct check *check, struct name pattern)
{
	const struct model_fault *fault = check->model->faults;

	while (fault && fault->name && !fault_matches(pattern.text, fault->name))
		fault++;
	if (!fault || !fault->name)
		diagnostics_error(check->diagnostics, pattern.at,
				  "no fault point of model '%s' begins like '%s'",
				  check->model->name, pattern.text);
}

static void check_point(struct check *check, struct fault *fault)
{
	struct names names = { 0 };

	if (strchr(fault->name.text, '*')) {
		check_pattern(check, fault->name);
		return;
	}
	fault->fault = model_find(check->model->faults, fault->name.text);
	if (!fault->fault) {
		names_add_rows(&names, check->model->faults);
		names_unknown(check->diagnostics, "fault point", fault->name, &names);
	}
}

static void refuse_error(struct check *check, const struct model_fault *row, struct name error)
{
	struct text errors = TEXT_INIT;

	model_fault_add_errors(row, &errors);
	if (row->error)
		diagnostics_error(check->diagnostics, error.at,
				  "'%s' fails with %s and never with %s; leave 'errno' out",
				  row->name, errors.bytes, error.text);
	else
		diagnostics_error(check->diagnostics, error.at,
				  "'%s' is a choice and has no errno; leave 'errno' out",
				  row->name);
	text_release(&errors);
}

/* A point fails in the ways of the model's table, and the code that passes it knows no other. */
static void check_error(struct check *check, const struct fault *fault, struct name error)
{
	const struct model_fault *row = check->model->faults;

	while (row && row->name &&
	       (!fault_matches(fault->name.text, row->name) ||
		model_fault_fails_with(row, fault->rule.error)))
		row++;
	if (fault->rule.error && row && row->name)
		refuse_error(check, row, error);
}

void check_fault(struct check *check, struct fault *fault)
{
	fault->rule = (struct fault_rule){ .point = fault->name.text, .cpu = -1 };
	if (check->model)
		check_point(check, fault);
	check_settings(check, fault);
	for (size_t i = 0; check->model && i < fault->settings.count; i++)
		if (fault->settings.items[i].attr == FAULT_ERRNO)
			check_error(check, fault, fault->settings.items[i].first);
}

void check_faults(struct check *check)
{
	struct faults *faults = &check->scenario->faults;

	faults->budget = 1;
	if (faults->budget_name.text)
		faults->budget = check_count(check, faults->budget_name, "budget", INT_MAX);
	if (faults->at.end && !faults->list.count && !check->incomplete)
		diagnostics_error(check->diagnostics, faults->at,
				  "no 'fail POINT': nothing can fail");
	faults->list.count =
		check_limit(check, faults->list.count, FAULT_RULES_MAX, faults->at, "'fail' lines");
	for (size_t i = 0; i < faults->list.count; i++)
		check_fault(check, &faults->list.items[i]);
}
