/* SPDX-License-Identifier: MIT */
#include "scenario/lookout.h"

#include "base/clock.h"
#include "explore/contain.h"
#include "explore/frontier.h"

#define TELL_MILLISECONDS 200
#define ESTIMATE_MILLISECONDS 500

/* So many take a tenth of a second or less. */
#define ESTIMATE_WALKS 1000

static bool is_due(const struct lookout *lookout, uint64_t now_ms)
{
	bool counted = lookout->search->strategy == EXPLORE_DPOR ||
		       lookout->search->strategy == EXPLORE_DFS;

	/* A filter watches what passes it, and walks are none of its business. */
	return !lookout->tried && counted && !lookout->filter &&
	       now_ms >= lookout->begun_ms + ESTIMATE_MILLISECONDS;
}

static void tell(struct lookout *lookout, uint64_t now_ms, uint64_t executions)
{
	const struct explore_search *search = lookout->search;
	const struct lookout_news news = {
		.executions = executions,
		.here = executions - lookout->base,
		.passed_ms = now_ms - lookout->begun_ms,
		.executions_max = search->executions_max,
		.at_most = search->strategy == EXPLORE_DPOR && explore_is_bounded(search),
		.estimate = lookout->estimated ? &lookout->estimate : NULL,
	};

	lookout->listener->tell(lookout->listener, &news);
}

static int walk(void *arg, struct text *reply, struct err *err)
{
	struct lookout *lookout = arg;

	(void)err;
	estimate_run(lookout->search, NULL, ESTIMATE_WALKS, &lookout->estimate);
	pack_bytes(reply, &lookout->estimate, sizeof(lookout->estimate));
	return 0;
}

/* Where no process comes through with it, there is none. */
static void estimate(struct lookout *lookout)
{
	struct text reply = TEXT_INIT;
	struct err ignored = ERR_INIT;
	struct unpack from;

	lookout->tried = true;
	if (!contain_call(walk, lookout, &reply, &ignored)) {
		unpack_init(&from, &reply);
		lookout->estimated =
			unpack_bytes(&from, &lookout->estimate, sizeof(lookout->estimate));
	}
	text_release(&reply);
	err_release(&ignored);
}

void lookout_at(struct lookout *lookout, uint64_t now_ms, uint64_t executions)
{
	if (!lookout->begun) {
		lookout->begun_ms = now_ms;
		lookout->base = executions;
	} else if (now_ms < lookout->told_ms + TELL_MILLISECONDS) {
		return;
	}
	lookout->begun = true;
	if (is_due(lookout, now_ms))
		estimate(lookout);
	tell(lookout, now_ms, executions);
	lookout->told_ms = now_ms;
}

static bool look(struct explore_watch *watch, const struct frontier *frontier)
{
	struct lookout *lookout = (struct lookout *)watch;

	lookout_at(lookout, clock_ms(), frontier_executions(frontier) + frontier->running);
	return !lookout->inner || lookout->inner->look(lookout->inner, frontier);
}

void lookout_init(struct lookout *lookout, const struct explore_search *search,
		  struct explore_filter *filter, struct lookout_listener *listener)
{
	*lookout = (struct lookout){
		.watch = { .look = look },
		.inner = search->watch,
		.search = search,
		.filter = filter,
		.listener = listener,
	};
	if (search->watch)
		lookout->watch.stop = search->watch->stop;
}
