/* SPDX-License-Identifier: MIT */
#include "explore/mismatch.h"

#include "engine/sim.h"

void mismatch_release(struct mismatch *mismatch)
{
	text_release(&mismatch->why);
}

static void add_cpus(struct text *text, uint64_t cpus)
{
	const char *between = "";

	if (!cpus)
		text_add(text, "none");
	for (; cpus; cpus &= cpus - 1) {
		text_addf(text, "%s%s", between, baton_cpu_name((int)options_first(cpus)));
		between = ", ";
	}
}

/* What CPU @cpu does now that it did not do before, or the other way round. */
static void add_state(struct text *text, int cpu)
{
	struct sim_access access = sim_pending(cpu);
	size_t length;

	text_addf(text, "; %s ", baton_cpu_name(cpu));
	if (!access.point) {
		text_add(text, "has finished");
		return;
	}
	length = text->length;
	sim_wait_text(cpu, text);
	if (text->length == length)
		text_addf(text, "is at %s (%s:%u)", access.point->name, access.point->file,
			  access.point->line);
}

/* Before it may have been another kind of choice: then its options are no CPUs. */
static bool are_cpus(uint64_t options)
{
	unsigned int count = sim_program()->cpu_count;

	return !(options >> count);
}

static void add_cpu_choice(struct text *text, uint64_t before, uint64_t now)
{
	uint64_t others = before ^ now;

	text_add(text, "before, these CPUs could go on here: ");
	add_cpus(text, before);
	text_add(text, "; now ");
	add_cpus(text, now);
	for (; others; others &= others - 1)
		add_state(text, (int)options_first(others));
}

void mismatch_options(struct mismatch *mismatch, const struct choice *choice, uint64_t before)
{
	struct text *why = &mismatch->why;

	if (mismatch->found)
		return;
	mismatch->found = true;
	text_addf(why,
		  "step %u: ", choice->kind == BATON_CHOICE_CPU ? choice->step + 1 : choice->step);
	if (choice->kind == BATON_CHOICE_CPU && are_cpus(before))
		add_cpu_choice(why, before, choice->options);
	else if (choice->kind == BATON_CHOICE_CPU)
		text_add(why, "before, something else than a CPU was chosen here");
	else
		text_addf(why, "before, this choice of %s (%s) had other options, or was none",
			  baton_cpu_name(choice->current), choice->name);
}

void mismatch_end(struct mismatch *mismatch)
{
	if (mismatch->found)
		return;
	mismatch->found = true;
	text_addf(&mismatch->why, "step %u: before, the execution went on here; now it ended",
		  sim_steps() + 1);
}

int mismatch_bug(struct err *err, const char *format, ...)
{
	struct text why = TEXT_INIT;
	va_list args;

	va_start(args, format);
	text_vaddf(&why, format, args);
	va_end(args);
	err_bug(err,
		"the program is not a function of its choices: %s\n"
		"Its setup must give all shared state the same values every time, and nothing "
		"may depend on\ntime, on random numbers, on addresses, or on memory that nobody "
		"wrote.",
		why.bytes);
	text_release(&why);
	return -1;
}

int mismatch_tell(const struct mismatch *mismatch, struct err *err)
{
	return mismatch_bug(err, "the same choices led elsewhere at %s", mismatch->why.bytes);
}
