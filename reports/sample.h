/* SPDX-License-Identifier: MIT */
/*
 * sample.h - recorded executions made by hand, for the tests of the reports.
 *
 * Layer: reports, tests only. May include: explore, engine, base.
 */
#ifndef REPORTS_SAMPLE_H
#define REPORTS_SAMPLE_H

#include "reports/report.h"

struct sample {
	struct trace trace;
	enum trace_phase phase; /* of the events that are added */
};

void sample_init(struct sample *sample, const struct baton_program *program);

/* The next step is one of @cpu; sample_preempt(): and it preempts another CPU. */
void sample_step(struct sample *sample, int cpu, const struct baton_point *point);
void sample_preempt(struct sample *sample, int cpu, const struct baton_point *point);
/* Watches after the last step; as many as the program has. */
void sample_values(struct sample *sample, const long *values);
void sample_call(struct sample *sample, int cpu, const char *text);
void sample_return(struct sample *sample, int cpu);
/* From here on the CPU waits, up to sample_ready(). */
void sample_wait(struct sample *sample, int cpu, const char *text);
void sample_ready(struct sample *sample, int cpu);
void sample_note(struct sample *sample, int cpu, const char *text);
void sample_choice(struct sample *sample, int cpu, enum baton_choice_kind kind, const char *name,
		   unsigned int option);

/*
 * The race of 2009 between shrink_page(), get_user_pages_fast() and a store, as the model
 * of 14 April 2009 has it: three CPUs, three watches, two preemptions, a final state.
 */
void sample_kosaki(struct sample *sample);
/* Schedule of sample_kosaki(). */
void sample_kosaki_schedule(struct schedule *schedule);

/* A deadlock between two CPUs, with their stacks. */
void sample_deadlock(struct sample *sample);

/*
 * A variant of pin-vs-unmap without verdicts. The caller changes what it wants and
 * releases it with variant_result_release().
 */
struct variant_result sample_variant(const char *variant, enum outcome outcome,
				     enum strength strength, const char *bounds,
				     uint64_t executions);

/* Add a verdict on all executions of @result; the caller may change what is returned. */
struct verdict *sample_verdict(struct variant_result *result, const char *predicate,
			       enum expectation expected, uint64_t holds, enum outcome outcome);

/* Make the trace of sample_kosaki() the execution that shows @verdict. */
void sample_show_kosaki(struct verdict *verdict);

/* One variant of each outcome and strength, given to @report from begin to summary. */
void sample_report(struct report *report);

#endif
