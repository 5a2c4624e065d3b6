/* SPDX-License-Identifier: MIT */
#include "explore/frontier_run.h"

#include "explore/contain.h"
#include "explore/cut.h"

/* That makes executions: where it is contained, in a process of its own. */
static int cut_there(void *arg, struct text *reply, struct err *err)
{
	struct parts parts = { 0 };
	int status = explorer_cut(&((struct slicer *)arg)->explorer, &parts, err);

	for (size_t i = 0; i < parts.list.count; i++)
		pack_string(reply, parts.list.items[i]);
	parts_release(&parts);
	return status;
}

static int cut(struct slicer *slicer, struct parts *parts, struct err *err)
{
	struct text reply = TEXT_INIT;
	struct unpack from;
	char *part;
	int status;

	if (!slicer->explorer.search->contained)
		return explorer_cut(&slicer->explorer, parts, err);
	status = contain_call(cut_there, slicer, &reply, err);
	unpack_init(&from, &reply);
	while (!status && unpack_string(&from, &part))
		vec_push(&parts->list, part);
	text_release(&reply);
	return status;
}

/* The parts that are this shard's; of the others only the number is known. */
static int begin_shard(struct frontier *frontier, struct slicer *slicer, struct err *err)
{
	struct explore_shard shard = slicer->explorer.search->shard;
	struct parts parts = { 0 };

	if (cut(slicer, &parts, err)) {
		parts_release(&parts);
		return -1;
	}
	frontier->parts = (uint32_t)parts.list.count;
	for (uint32_t i = 0; i < frontier->parts; i++)
		if (i % shard.count == shard.index)
			frontier_add(frontier, i, xstrdup(parts.list.items[i]));
	parts_release(&parts);
	return 0;
}

int frontier_begin(struct frontier *frontier, struct slicer *slicer, struct err *err)
{
	const struct explore_search *search = slicer->explorer.search;
	struct text whole = TEXT_INIT;

	if (!explorer_samples(&slicer->explorer))
		frontier->executions_max = search->executions_max;
	if (!frontier_is_empty(frontier))
		return 0;
	if (search->shard.count)
		return begin_shard(frontier, slicer, err);
	explorer_root(&slicer->explorer, &whole);
	frontier_add(frontier, 0, text_detach(&whole));
	return 0;
}

static int tell_deaths(const struct piece *piece, const struct workers_answer *answer,
		       struct err *err)
{
	if (answer->gave_up)
		return err_add(err, "%s", answer->death.bytes);
	err->bug |= answer->exited;
	return err_add(err,
		       "two workers died at the same part of the search, '%s'; the last one %s",
		       piece->part, answer->death.bytes);
}

/*
 * The first time it may have been anything: it is explored again, carefully. Where that says what
 * it is, the third time it is a finding. Otherwise it is the piece. Where no more can be found, the
 * last that is explored is what had been before it.
 */
static int bury(struct frontier *frontier, struct piece *piece, const struct workers_answer *answer,
		struct err *err)
{
	int status = 0;

	if (!piece)
		return 0;
	if (answer->full && !answer->survived)
		frontier->spent = SPENT_DEATHS;
	else if (answer->full)
		piece->survived = answer->survived;
	else if (piece->deaths++ && !answer->learned && !piece->dropped) {
		status = tell_deaths(piece, answer, err);
	}
	frontier_drop(frontier, piece);
	return status;
}

int frontier_take(struct frontier *frontier, struct piece *piece,
		  const struct workers_answer *answer, struct err *err)
{
	struct slice_result result = SLICE_RESULT_INIT;
	int status;

	if (answer->death.length)
		return bury(frontier, piece, answer, err);
	status = slice_read(&result, answer->reply.bytes, err);
	if (!status && result.spent)
		frontier->spent = result.spent;
	else if (piece->survived)
		frontier->spent = SPENT_DEATHS;
	if (status)
		frontier_drop(frontier, piece);
	else
		frontier_finish(frontier, piece, &result);
	slice_result_release(&result);
	return status;
}
