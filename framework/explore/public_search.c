/* SPDX-License-Identifier: MIT */
#include "explore/public.h"

#include <limits.h>

#include "engine/death.h"

/* @known: of today, which no struct of an earlier version is smaller than so far */
static int check_size(const char *what, const void *given, size_t size, size_t known,
		      struct err *err)
{
	const unsigned char *bytes = given;

	if (!size)
		return 0;
	if (size < known)
		return err_add(err, "%s.size is %zu: it is sizeof(struct baton_%s), %zu", what,
			       size, what, known);
	for (size_t i = known; i < size; i++)
		if (bytes[i])
			return err_add(err,
				       "%s.size is %zu, of which this version of baton knows %zu "
				       "bytes, and what is behind them is not zero: it was "
				       "compiled for a newer one",
				       what, size, known);
	return 0;
}

/* Those that the program is linked with, if any: the sanitizer's, and baton's. */
extern void __tsan_init(void) __attribute__((weak));
extern void (*__tsan_baton_init(void))(void) __attribute__((weak));

/* With the sanitizer's own library no access would be a step, and "never" no proof. */
static int check_tsan(struct err *err)
{
	if (!__tsan_init || (__tsan_baton_init && __tsan_baton_init() == __tsan_init))
		return 0;
	return err_add(err, "the program is linked with the library of ThreadSanitizer: "
			    "-fsanitize=thread is for compiling; link with baton_tsan and, if the "
			    "option is there, -fno-sanitize=thread behind it");
}

int public_check(const struct baton_program *program, const struct baton_search *search,
		 struct err *err)
{
	int status = check_size("program", program, program->size, sizeof(*program), err);

	if (!status)
		status = check_tsan(err);
	if (!status && search)
		status = check_size("search", search, search->size, sizeof(*search), err);
	return status;
}

struct explore_search public_search(const struct baton_search *search)
{
	struct explore_search wanted = EXPLORE_ALL;

	if (!search)
		return wanted;
	wanted.preemptions_max = search->preemptions_max;
	if (search->faults_bounded)
		wanted.faults_max = search->faults_max < INT_MAX ? (int)search->faults_max :
								   INT_MAX;
	wanted.steps_bound = search->steps_bound;
	wanted.steps_max = search->steps_max;
	wanted.executions_max = search->executions_max;
	wanted.seconds_max = search->seconds_max;
	wanted.memory_max = search->memory_max;
	wanted.jobs = search->jobs;
	/* Of several processes one may die: what is explored before there are several may, too. */
	wanted.contained = search->contained || search->jobs > 1;
	if (search->strategy == BATON_DFS)
		wanted.strategy = EXPLORE_DFS;
	return wanted;
}

void public_begin(void)
{
	static uint64_t programs;

	death_key(++programs);
}
