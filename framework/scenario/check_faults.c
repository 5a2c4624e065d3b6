/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "engine/fault.h"
#include "scenario/build.h"
#include "scenario/check.h"
#include "scenario/later.h"

/* What kernel functions return; more can be added as models need them. */
static const struct error_name {
	const char *name;
	int number;
} error_names[] = {
	{ "EPERM", EPERM },   { "ENOENT", ENOENT },       { "EINTR", EINTR },
	{ "EIO", EIO },       { "ENXIO", ENXIO },         { "E2BIG", E2BIG },
	{ "EAGAIN", EAGAIN }, { "ENOMEM", ENOMEM },       { "EACCES", EACCES },
	{ "EFAULT", EFAULT }, { "EBUSY", EBUSY },         { "EEXIST", EEXIST },
	{ "ENODEV", ENODEV }, { "EINVAL", EINVAL },       { "EMFILE", EMFILE },
	{ "EFBIG", EFBIG },   { "ENOSPC", ENOSPC },       { "EROFS", EROFS },
	{ "EPIPE", EPIPE },   { "ENOSYS", ENOSYS },       { "EOVERFLOW", EOVERFLOW },
	{ "ESTALE", ESTALE }, { "ETIMEDOUT", ETIMEDOUT }, { "EHWPOISON", EHWPOISON },
	{ NULL, 0 },
};

/* A number from 1 to INT_MAX; 0 if it is none, which is reported. */
static unsigned int check_count(struct check *check, struct name number, const char *what)
{
	unsigned int errors = check->diagnostics->errors;
	long value = build_number(check->diagnostics, number);

	if (value >= 1 && value <= INT_MAX)
		return (unsigned int)value;
	if (check->diagnostics->errors == errors)
		diagnostics_error(check->diagnostics, number.at, "'%s' is a number from 1 to %d",
				  what, INT_MAX);
	return 0;
}

static void check_nth(struct check *check, struct fault *fault, const struct fault_setting *setting)
{
	fault->nth_first = fault->nth_last = check_count(check, setting->first, "nth");
	if (!setting->last.text)
		return;
	fault->nth_last = check_count(check, setting->last, "nth");
	if (fault->nth_first && fault->nth_last && fault->nth_last < fault->nth_first)
		diagnostics_error(check->diagnostics, setting->at, "'%s..%s' is empty",
				  setting->first.text, setting->last.text);
}

static void check_errno(struct check *check, struct fault *fault, struct name error)
{
	const struct error_name *found = model_find(error_names, error.text);
	struct names names = { 0 };

	if (found) {
		fault->error = found->name;
		fault->error_number = found->number;
		return;
	}
	names_add_rows(&names, error_names);
	names_unknown(check->diagnostics, "errno", error, &names);
}

static void check_setting(struct check *check, struct fault *fault,
			  const struct fault_setting *setting)
{
	switch (setting->attr) {
	case FAULT_NTH:
		check_nth(check, fault, setting);
		break;
	case FAULT_TIMES:
		fault->times = check_count(check, setting->first, "times");
		break;
	case FAULT_INTERVAL:
		check_count(check, setting->first, "interval");
		later_refuse(check->diagnostics, setting->at, LATER_FAULT_INTERVAL);
		break;
	case FAULT_PROBABILITY:
		check_count(check, setting->first, "probability");
		later_refuse(check->diagnostics, setting->at, LATER_FAULT_PROBABILITY);
		break;
	case FAULT_SPACE:
		check_count(check, setting->first, "space");
		later_refuse(check->diagnostics, setting->at, LATER_FAULT_SPACE);
		break;
	case FAULT_ERRNO:
		check_errno(check, fault, setting->first);
		break;
	case FAULT_CPU:
		fault->cpu = check_cpu(check, setting->first);
		break;
	case FAULT_ATTRS:
		break;
	}
}

static void check_settings(struct check *check, struct fault *fault)
{
	static const char *const words[FAULT_ATTRS] = { "nth",   "times", "interval", "probability",
							"space", "errno", "in" };
	bool seen[FAULT_ATTRS] = { false };

	fault->cpu = -1;
	for (size_t i = 0; i < fault->settings.count; i++) {
		const struct fault_setting *setting = &fault->settings.items[i];

		if (seen[setting->attr])
			diagnostics_error(check->diagnostics, setting->at, "'%s' is given twice",
					  words[setting->attr]);
		else
			check_setting(check, fault, setting);
		seen[setting->attr] = true;
	}
}

static void check_fault(struct check *check, struct fault *fault)
{
	struct names names = { 0 };

	if (check->model) {
		fault->fault = model_find(check->model->faults, fault->name.text);
		if (!fault->fault) {
			names_add_rows(&names, check->model->faults);
			names_unknown(check->diagnostics, "fault point", fault->name, &names);
		}
	}
	if (fault->fault && fault->fault->error) {
		struct name error = { fault->fault->error, fault->name.at };

		check_errno(check, fault, error);
	}
	check_settings(check, fault);
}

void check_faults(struct check *check)
{
	struct faults *faults = &check->scenario->faults;

	faults->budget = 1;
	if (faults->budget_name.text)
		faults->budget = check_count(check, faults->budget_name, "budget");
	if (faults->at.end && !faults->list.count && !check->incomplete)
		diagnostics_error(check->diagnostics, faults->at,
				  "no 'fail POINT': nothing can fail");
	faults->list.count =
		check_limit(check, faults->list.count, FAULT_RULES_MAX, faults->at, "'fail' lines");
	for (size_t i = 0; i < faults->list.count; i++)
		check_fault(check, &faults->list.items[i]);
}
