/* SPDX-License-Identifier: MIT */
#include "explore/contain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/death.h"
#include "explore/workers.h"

#define WAIT_MILLISECONDS 200

#define FIRST "run"
#define AGAIN "run again"

struct contained {
	int (*run)(void *arg);
	void *arg;
};

/* In the process: has another one died over it? */
static bool died;

static void answer(void *arg, const char *request, struct text *reply)
{
	const struct contained *contained = arg;

	died = !strcmp(request, AGAIN);
	death_careful(true);
	death_scan(!died);
	text_addf(reply, "%d", contained->run(contained->arg));
	(void)fflush(NULL);
}

/* Ask, as long as whoever dies over it leaves something to be learned. */
static int ask(struct workers *workers, struct workers_answer *answered, struct err *err)
{
	static int task;
	bool again = false;
	int status;

	workers_ask(workers_idle(workers), FIRST, &task);
	for (;;) {
		status = workers_wait(workers, WAIT_MILLISECONDS, answered, err);
		if (status < 0 || answered->reply.length)
			return status < 0 ? -1 : 0;
		if (status && again && !answered->learned)
			return err_add(err, "the process %s, and it is not known where",
				       answered->death.bytes);
		if (status)
			workers_ask(workers_idle(workers), AGAIN, &task);
		again |= status != 0;
	}
}

void contain_relax(void)
{
	if (!died)
		death_careful(false);
}

int contain_run(int (*run)(void *arg), void *arg, int *code, struct err *err)
{
	struct contained contained = { run, arg };
	struct workers workers = { .answer = answer, .arg = &contained };
	struct workers_answer answered = { .reply = TEXT_INIT, .death = TEXT_INIT };
	int status;

	(void)fflush(NULL);
	if (workers_start(&workers, 1, err))
		return -1;
	status = ask(&workers, &answered, err);
	if (!status)
		*code = (int)strtol(answered.reply.bytes, NULL, 10);
	workers_stop(&workers);
	text_release(&answered.reply);
	text_release(&answered.death);
	return status;
}
