/* SPDX-License-Identifier: MIT */
/*
 * workers.c - requests and answers are a length in bytes and the text, on a socket.
 */
#include "explore/workers.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/bug.h"
#include "engine/death.h"
#include "engine/scout.h"
#include "engine/sim.h"

/* ---- In the worker ------------------------------------------------------------------------ */

/* Return: false if nobody is there any more. */
static bool send_all(int to, const void *bytes, size_t length)
{
	const char *at = bytes;

	while (length) {
		ssize_t sent = send(to, at, length, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		at += sent;
		length -= (size_t)sent;
	}
	return true;
}

static bool send_text(int to, const char *bytes, size_t length)
{
	uint64_t head = length;

	return send_all(to, &head, sizeof(head)) && send_all(to, bytes, length);
}

static bool receive_all(int from, void *bytes, size_t length)
{
	char *at = bytes;

	while (length) {
		ssize_t received = recv(from, at, length, 0);

		if (received < 0 && errno == EINTR)
			continue;
		if (received <= 0)
			return false;
		at += received;
		length -= (size_t)received;
	}
	return true;
}

static char *receive_text(int from)
{
	uint64_t length;
	char *text;

	if (!receive_all(from, &length, sizeof(length)))
		return NULL;
	text = xcalloc(length + 1, 1);
	if (receive_all(from, text, length))
		return text;
	free(text);
	return NULL;
}

static void work(const struct workers *workers, int socket)
{
	struct text reply = TEXT_INIT;
	char *request;

	while ((request = receive_text(socket))) {
		text_clear(&reply);
		workers->answer(workers->arg, request, &reply);
		free(request);
		if (!reply.length)
			continue;
		death_check();
		if (!send_text(socket, reply.bytes, reply.length))
			return;
		if (scout_is())
			scout_answered();
	}
}

/*
 * A key that interrupts is meant for the one who waits for us: it ends us. Its handlers
 * are not ours.
 */
static void set_signals(void)
{
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_DFL);
	signal(SIGHUP, SIG_DFL);
#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
}

static void close_stderr(void)
{
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (nowhere >= 0)
		dup2(nowhere, STDERR_FILENO);
}

static _Noreturn void live(const struct workers *workers, int socket, struct journal *journal)
{
	for (size_t i = 0; i < workers->list.count; i++)
		if (workers->list.items[i].socket >= 0)
			close(workers->list.items[i].socket);
	set_signals();
	if (workers->quiet)
		close_stderr();
	if (sim_program())
		sim_forked();
	death_enter(journal, socket);
	work(workers, socket);
	_exit(0);
}

/* ---- Starting and ending ------------------------------------------------------------------ */

/* @journal: of the one that it replaces, or a new one */
static int start(struct workers *workers, struct worker *worker, struct journal *journal,
		 struct err *err)
{
	int ends[2];

	*worker = (struct worker){ .process = -1,
				   .socket = -1,
				   .journal = journal,
				   .received = TEXT_INIT };
	if (!journal)
		return err_add(err, "no memory for a worker: %s", strerror(errno));
	journal_clear(journal);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		return err_add(err, "no socket for a worker: %s", strerror(errno));
	worker->process = fork();
	if (worker->process < 0) {
		close(ends[0]);
		close(ends[1]);
		return err_add(err, "no process for a worker: %s", strerror(errno));
	}
	if (!worker->process) {
		close(ends[0]);
		(void)setpgid(0, 0);
		live(workers, ends[1], journal);
	}
	(void)setpgid(worker->process, worker->process);
	close(ends[1]);
	worker->socket = ends[0];
	return 0;
}

int workers_start(struct workers *workers, unsigned int count, struct err *err)
{
	BUG_ON(!count || count > WORKERS_MAX);
	if (death_init())
		return err_add(err, "no memory for workers: %s", strerror(errno));
	for (unsigned int i = 0; i < count; i++) {
		struct worker worker;

		if (start(workers, &worker, journal_new(), err)) {
			journal_free(worker.journal);
			workers_stop(workers);
			return -1;
		}
		vec_push(&workers->list, worker);
	}
	return 0;
}

/* Return: its status as waitpid() gives it. */
static int end(struct worker *worker)
{
	int status = 0;

	if (worker->process < 0)
		return 0;
	close(worker->socket);
	/* And whatever it has started. */
	kill(-worker->process, SIGKILL);
	kill(worker->process, SIGKILL);
	/* One that is left would look like one that the code under test has started. */
	while (waitpid(worker->process, &status, 0) < 0 && errno != ECHILD)
		;
	text_release(&worker->received);
	worker->process = worker->socket = -1;
	return status;
}

void workers_stop(struct workers *workers)
{
	for (size_t i = 0; i < workers->list.count; i++) {
		end(&workers->list.items[i]);
		journal_free(workers->list.items[i].journal);
	}
	vec_release(&workers->list);
}

/* ---- Asking and waiting ------------------------------------------------------------------- */

struct worker *workers_idle(struct workers *workers)
{
	for (size_t i = 0; i < workers->list.count; i++)
		if (!workers->list.items[i].task)
			return &workers->list.items[i];
	return NULL;
}

void workers_ask(struct worker *worker, const char *request, void *task)
{
	worker->task = task;
	worker->stuck = (struct stuck){ .ticks = 0 };
	/* Whoever was not asked will not answer: it is seen to be dead, and replaced. */
	if (!send_text(worker->socket, request, strlen(request)))
		shutdown(worker->socket, SHUT_RDWR);
}

/* Return: the answer's length, once all of it is here; 0 before that (no answer is empty). */
static size_t answer_length(const struct worker *worker)
{
	uint64_t length;

	if (worker->received.length < sizeof(length))
		return 0;
	memcpy(&length, worker->received.bytes, sizeof(length));
	return worker->received.length == sizeof(length) + length ? length : 0;
}

/* Take what has come. Return: false if it is the end. */
static bool receive(struct worker *worker)
{
	char bytes[65536];
	ssize_t length = recv(worker->socket, bytes, sizeof(bytes), MSG_DONTWAIT);

	if (length < 0)
		return errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK;
	text_add_bytes(&worker->received, bytes, (size_t)length);
	return length > 0;
}

static void tell_death(int status, struct text *why)
{
	if (WIFSIGNALED(status))
		text_addf(why, "was killed by signal %d (%s)", WTERMSIG(status),
			  strsignal(WTERMSIG(status)));
	else if (WEXITSTATUS(status) == BUG_EXIT_CODE)
		text_add(why, "made baton find a BUG in itself");
	else
		text_addf(why, "ended with exit code %d", WEXITSTATUS(status));
}

#define ENDS_MILLISECONDS 500

/* It has closed its socket: because it ends, if it does so soon. */
static bool ends_soon(const struct worker *worker)
{
	siginfo_t info = { .si_pid = 0 };

	for (unsigned int i = 0; i < ENDS_MILLISECONDS && !info.si_pid; i++) {
		(void)waitid(P_PID, (id_t)worker->process, &info, WEXITED | WNOHANG | WNOWAIT);
		if (!info.si_pid)
			(void)poll(NULL, 0, 1);
	}
	return info.si_pid;
}

static void add_death(const struct worker *worker, bool ends, int status, struct text *death)
{
	if (worker->stuck.why)
		text_add(death, worker->stuck.why);
	else if (*journal_gave_up(worker->journal))
		text_add(death, journal_gave_up(worker->journal));
	else if (*journal_bug(worker->journal))
		text_addf(death, "met a BUG at %s", journal_bug(worker->journal));
	else if (!ends)
		text_add(death, "closed a file descriptor of baton's");
	else
		tell_death(status, death);
}

static int replace(struct workers *workers, struct worker *worker, struct workers_answer *answer,
		   struct err *err)
{
	struct journal *journal = worker->journal;
	bool ends = ends_soon(worker);
	int status = end(worker);
	enum death_lesson lesson;

	answer->task = worker->task;
	answer->exited = WIFEXITED(status) && WEXITSTATUS(status) == BUG_EXIT_CODE;
	add_death(worker, ends, status, &answer->death);
	answer->gave_up = *journal_gave_up(journal);
	lesson = death_learn(journal, answer->death.bytes);
	answer->learned = lesson == DEATH_LEARNED;
	answer->full = lesson == DEATH_TOO_MANY;
	answer->survived = journal_executions(journal);
	return start(workers, worker, journal, err) ? -1 : 1;
}

/* Who comes no further is ended from here. */
static void watch(struct worker *worker)
{
	pid_t scout = journal_scout(worker->journal);

	if (worker->task && !worker->stuck.why &&
	    stuck_look(&worker->stuck, worker->journal, scout ? scout : worker->process))
		kill(-worker->process, SIGKILL);
}

uint64_t workers_executions(const struct workers *workers)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < workers->list.count; i++)
		if (workers->list.items[i].task)
			sum += journal_executions(workers->list.items[i].journal);
	return sum;
}

static int look_at(struct workers *workers, struct worker *worker, struct workers_answer *answer,
		   struct err *err)
{
	size_t length;

	if (!receive(worker))
		return replace(workers, worker, answer, err);
	length = answer_length(worker);
	if (!length)
		return 0;
	text_add_bytes(&answer->reply, worker->received.bytes + sizeof(uint64_t), length);
	text_clear(&worker->received);
	answer->task = worker->task;
	worker->task = NULL;
	return 1;
}

int workers_wait(struct workers *workers, int milliseconds, struct workers_answer *answer,
		 struct err *err)
{
	struct pollfd polled[WORKERS_MAX];
	size_t count = workers->list.count;

	text_clear(&answer->reply);
	text_clear(&answer->death);
	answer->exited = answer->learned = answer->full = false;
	for (size_t i = 0; i < count; i++)
		watch(&workers->list.items[i]);
	for (size_t i = 0; i < count; i++)
		polled[i] = (struct pollfd){ workers->list.items[i].socket, POLLIN, 0 };
	if (poll(polled, count, milliseconds) <= 0)
		return 0;
	for (size_t i = 0; i < count; i++) {
		int status = 0;

		if (polled[i].revents)
			status = look_at(workers, &workers->list.items[i], answer, err);
		if (status)
			return status;
	}
	return 0;
}
