/* SPDX-License-Identifier: MIT */
/* conform_live.c - "baton conform --live": the model beside the kernel that runs here. */
#include <signal.h>
#include <string.h>
#include <sys/utsname.h>

#include "cli/conform.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "conform/generate.h"
#include "conform/kernel.h"
#include "conform/live_kernel.h"
#include "conform/shrink.h"

#define SHRINK_TRIES 3000

/* A session: scripts run on this kernel, and on the model. */
struct session {
	const struct conform_args *args;
	struct live *live;
	const volatile sig_atomic_t *interrupted;
	struct conform_source source;    /* the one at work */
	VEC(struct live_answer) answers; /* of the script that ran last */
	struct err *err;
};

static const char *missing(const struct session *session, const struct conform_script *script)
{
	const char *reason = NULL;

	for (size_t i = 0; i < script->ops.count && !reason; i++)
		reason = live_missing(session->live, &script->ops.items[i]);
	return reason;
}

/* Run it here; what it answers becomes what was seen. Return: 0, or -1 with an error. */
static int run_live(struct session *session, struct conform_script *script)
{
	while (session->answers.count < script->ops.count)
		vec_push(&session->answers, (struct live_answer){ 0 });
	if (live_run(session->live, script, session->answers.items, session->err))
		return -1;
	for (size_t i = 0; i < script->ops.count; i++) {
		script->ops.items[i].has_seen = true;
		script->ops.items[i].seen = (int16_t)session->answers.items[i].result;
	}
	return 0;
}

static bool differs(void *arg, struct conform_script *script)
{
	struct session *session = arg;
	struct conform_counts ignored = { .exact = session->args->exact };

	if (*session->interrupted || session->err->count || run_live(session, script))
		return false;
	return conform_difference(script, &ignored) < script->ops.count;
}

/* What /proc says of all processes after the operation: the script up to there runs again. */
static void tell_state(struct session *session, const struct conform_script *script, size_t index)
{
	struct conform_script looks = { .name = script->name };
	struct text text = TEXT_INIT;
	bool alive[CONFORM_PROCESSES] = { true };

	for (size_t i = 0; i <= index; i++) {
		const struct conform_op *op = &script->ops.items[i];

		vec_push(&looks.ops, *op);
		if (op->what == CONFORM_FORK)
			alive[op->arg[0]] = true;
		if (op->what == CONFORM_EXIT)
			alive[op->process] = false;
	}
	for (uint8_t i = 0; i < CONFORM_PROCESSES; i++)
		for (uint8_t page = 0; page < CONFORM_PAGES && alive[i]; page++)
			vec_push(&looks.ops, ((struct conform_op){ .what = CONFORM_ST,
								   .process = i,
								   .args = 1,
								   .arg = { page } }));
	text_add(&text, "  the kernel behind it:\n");
	if (run_live(session, &looks) == 0)
		for (size_t i = index + 1; i < looks.ops.count; i++)
			text_addf(&text, "    %c page %u: %s\n", 'A' + looks.ops.items[i].process,
				  looks.ops.items[i].arg[0], session->answers.items[i].text);
	output_text(&text);
	vec_release(&looks.ops);
	text_release(&text);
}

/* As it was found, and the shortest script that shows a difference. */
static void tell(struct session *session, struct conform_script *script, size_t index)
{
	struct shrink shrink = { .shows = differs, .arg = session, .tries_max = SHRINK_TRIES };
	struct conform_counts ignored = { .exact = session->args->exact };
	struct text text = TEXT_INIT;

	conform_tell(script, session->source.name, index, &text);
	output_text(&text);
	shrink_script(&shrink, script);
	index = conform_difference(script, &ignored);
	text_addf(&text, "shortest of %lu scripts:\n", shrink.tries + 1);
	if (index < script->ops.count)
		conform_tell(script, session->source.name, index, &text);
	output_text(&text);
	if (index < script->ops.count && !session->err->count)
		tell_state(session, script, index);
	text_release(&text);
}

/* Return: false if there must not be another one. */
static bool compare(struct session *session, struct conform_script *script)
{
	struct conform_source *source = &session->source;
	size_t index;

	if (*session->interrupted)
		return false;
	if (missing(session, script)) {
		source->skipped++;
		return true;
	}
	if (run_live(session, script))
		return false;
	index = conform_difference(script, &source->counts);
	if (index < script->ops.count && source->counts.differing <= session->args->show)
		tell(session, script, index);
	return !session->err->count;
}

static enum code end_source(const struct session *session)
{
	const struct conform_source *source = &session->source;

	conform_print_counts(source, "seen here");
	if (source->counts.differing)
		return CODE_FAIL;
	return source->counts.scripts ? CODE_OK : CODE_NONE;
}

static enum code compare_scripts(struct session *session, const struct source *source)
{
	struct conform_scripts scripts = { 0 };
	enum code code = CODE_ERROR;

	session->source = (struct conform_source){ .name = source->path,
						   .counts = { .exact = session->args->exact } };
	if (conform_scripts_parse(&scripts, source->path, source->text, session->err) == 0) {
		for (size_t i = 0; i < scripts.list.count; i++)
			if (!compare(session, &scripts.list.items[i]))
				break;
		code = end_source(session);
	}
	conform_scripts_release(&scripts);
	return code;
}

static enum code compare_file(struct session *session, const char *path)
{
	struct source source;
	enum code code;

	if (source_read(&source, path, session->err))
		return CODE_ERROR;
	if (stalls_are(source.text))
		code = conform_stalled(session->live, &source, session->interrupted, session->err);
	else
		code = compare_scripts(session, &source);
	source_release(&source);
	return code;
}

static enum code compare_random(struct session *session)
{
	const struct conform_args *args = session->args;
	struct text name = TEXT_INIT;
	enum code code;
	bool more = true;

	text_addf(&name, "--random --seed %llu", (unsigned long long)args->live.seed);
	session->source =
		(struct conform_source){ .name = name.bytes, .counts = { .exact = args->exact } };
	for (uint64_t i = 0; i < args->live.random && more; i++) {
		struct conform_script script = { 0 };

		generate_script(args->live.seed, i, args->live.length, &script);
		script.line = (unsigned int)i + 1;
		more = compare(session, &script);
		conform_script_release(&script);
	}
	code = end_source(session);
	text_release(&name);
	return code;
}

/* Which kernels are compared, and what of the scripts cannot run here. */
static void print_head(const struct session *session, const char *release, const char *kernel)
{
	struct text text = TEXT_INIT, missing = TEXT_INIT;
	char *line, *rest;

	text_addf(&text, "Linux %s, and the model as %s; swap area: ", release, kernel);
	live_tell_swap(session->live, &text);
	text_add_char(&text, '\n');
	live_tell_missing(session->live, &missing);
	for (line = strtok_r(missing.bytes, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		text_addf(&text, "SKIP  %s\n", line);
	output_text(&text);
	output_err(session->err); /* nothing yet, but what is above is shown now */
	text_release(&text);
	text_release(&missing);
}

static enum code run(struct session *session)
{
	const struct conform_args *args = session->args;
	enum code code = CODE_OK;

	for (size_t i = 0; i < args->paths.list.count && !session->err->count; i++)
		code = code_worse(code, compare_file(session, args->paths.list.items[i]));
	if (args->live.random && !session->err->count && !*session->interrupted)
		code = code_worse(code, compare_random(session));
	return session->err->count ? code_worse(code, CODE_ERROR) : code;
}

/* The model as this kernel, or as what was asked for. */
static const char *choose_kernel(const struct conform_args *args, const char *release,
				 struct err *err)
{
	const char *kernel = args->kernel ? args->kernel : live_kernel_nearest(release);

	if (!kernel)
		err_add(err, "the model has no version for Linux %s: give one by --kernel",
			release);
	return kernel;
}

enum code conform_live(const struct conform_args *args, struct err *err)
{
	struct session session = { .args = args, .err = err };
	unsigned int rules[MODEL_RULES_MAX];
	struct utsname name;
	const char *kernel;
	enum code code = CODE_ERROR;

	(void)uname(&name);
	kernel = choose_kernel(args, name.release, err);
	if (!kernel || conform_kernel_rules(kernel, rules, err))
		return CODE_ERROR;
	session.interrupted = interrupt_catch();
	session.live = live_open(&args->live.options, err);
	if (!session.live)
		return CODE_ERROR;
	print_head(&session, name.release, kernel);
	if (conform_open(rules, live_swap_in_memory(session.live), err) == 0) {
		code = run(&session);
		conform_close();
	}
	if (live_close(session.live, err))
		code = code_worse(code, CODE_ERROR);
	vec_release(&session.answers);
	output_err(err);
	interrupt_pass_on();
	return code;
}
