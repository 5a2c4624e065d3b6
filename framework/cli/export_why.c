/* SPDX-License-Identifier: MIT */
#include "cli/export_why.h"

#include "engine/scout.h"
#include "scenario/failing.h"

static int explain(struct why *why, const struct recorded *recorded, const struct trace *trace,
		   struct err *err)
{
	struct failing failing;
	int status;

	scout_begin_all();
	status = failing_open(&failing, &recorded->which, &recorded->source, NULL, err);
	if (!status)
		status = why_find(why, &failing.subject, &failing.schedule, trace, err);
	if (failing.nothing)
		text_addf(&why->story, "Not explained: %s", err->text.bytes);
	status = failing.nothing ? 0 : status;
	failing_release(&failing);
	return status;
}

/* The nearest one that passes, recorded as the failing one was. */
static int record_passing(struct export_why *why, const struct recorded *recorded, struct err *err)
{
	struct rerun_source source = recorded->source;

	source.line = why->why.nearest.bytes;
	source.file = NULL;
	why->has_passing = true;
	if (rerun_scenario(&why->passing, &recorded->which, &source, err))
		return -1;
	if (why->passing.diverged)
		text_addf(&why->why.story, "The nearest that passes cannot be shown: %s",
			  why->passing.why.bytes);
	else
		why->exhibit = (struct exhibit){ .schedule = why->why.nearest.bytes,
						 .trace = &why->passing.trace };
	return 0;
}

int export_why_find(struct export_why *why, const struct recorded *recorded,
		    const struct trace *trace, uint64_t limit, struct err *err)
{
	struct err explains = ERR_INIT;
	int status;

	*why = (struct export_why){ .why = WHY_INIT };
	why->why.limit = limit;
	status = explain(&why->why, recorded, trace, &explains);
	if (status) {
		text_add(&err->text, explains.text.bytes);
		err->count += explains.count;
		err->bug |= explains.bug;
	}
	err_release(&explains);
	if (!status && why->why.nearest.length)
		status = record_passing(why, recorded, err);
	return status ? -1 : 0;
}

void export_why_put(const struct export_why *why, struct exhibit *exhibit)
{
	why_put(&why->why, exhibit);
	exhibit->passing = why->exhibit.trace ? &why->exhibit : NULL;
}

void export_why_release(struct export_why *why)
{
	why_release(&why->why);
	if (why->has_passing)
		rerun_release(&why->passing);
}
