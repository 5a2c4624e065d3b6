/* SPDX-License-Identifier: MIT */
#include "engine/death.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/give_up.h"
#include "engine/crash.h"
#include "engine/death_state.h"
#include "engine/scout.h"

#define FILES_MAX 4
/* What the explorer may want at once. */
#define MEMORY_BYTES ((size_t)4 << 20)

struct journal *death_own;

/* What is looked at: files that are open, by what they are. */
static struct {
	int descriptor;
	dev_t device;
	ino_t inode;
} files[FILES_MAX];
static unsigned int file_count;
static pid_t parent;

/* ---- In the process that may die ---------------------------------------------------------- */

static void note_file(int descriptor)
{
	struct stat is;

	if (descriptor < 0 || fstat(descriptor, &is))
		return;
	files[file_count].descriptor = descriptor;
	files[file_count].device = is.st_dev;
	files[file_count++].inode = is.st_ino;
}

/*
 * The C library's heap is one chunk behind the other up to its end, each with its size in front
 * (glibc): whoever writes behind an object of it writes over the next one's size. Where it does
 * not look like that in the beginning, it is another library, and not looked at.
 */
#define CHUNK_ALIGN 16u

static const char *heap; /* its first chunk; NULL: it is not looked at */

static bool heap_is_whole(void)
{
	const char *end = sbrk(0), *at = heap;

	while (at && at < end) {
		size_t size;

		memcpy(&size, at + sizeof(size), sizeof(size));
		size &= ~(size_t)(CHUNK_ALIGN - 1);
		if (size < 2 * CHUNK_ALIGN || size > (size_t)(end - at))
			return false;
		at += size;
	}
	return true;
}

static void find_heap(void)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	char line[256], *end;

	heap = NULL;
	while (maps && !heap && fgets(line, sizeof(line), maps))
		if (strstr(line, "[heap]"))
			heap = (const char *)strtoull(line, &end, 16); // NOLINT: it is one
	if (maps)
		fclose(maps);
	if (!heap_is_whole())
		heap = NULL;
}

void death_careful(bool new_careful)
{
	if (death_own)
		death_own->careful = new_careful;
}

void death_scan(bool scans)
{
	if (death_own)
		death_own->scans = scans;
}

bool death_is_careful(void)
{
	return death_own && death_own->careful;
}

void death_count(uint64_t executions)
{
	if (death_own)
		death_own->executions = executions;
}

const char *death_blocked(void)
{
	return death_own ? death_own->blocked : "";
}

void death_executes(bool executes)
{
	if (death_own)
		death_own->executes = executes;
}

void death_tick(void)
{
	if (death_own)
		death_own->ticks++;
}

static const char *wrong_file(void)
{
	struct stat is;

	for (unsigned int i = 0; i < file_count; i++)
		if (fstat(files[i].descriptor, &is) || is.st_dev != files[i].device ||
		    is.st_ino != files[i].inode)
			return "closed or replaced a file descriptor of baton's";
	return NULL;
}

/* A compiler may leave out memory that nobody uses. */
static bool can_allocate(void)
{
	void *volatile memory = malloc(MEMORY_BYTES);

	free(memory);
	return memory;
}

/* What is refused once, for whatever reason, is not the code under test's doing. */
static bool has_memory(void)
{
	return can_allocate() || can_allocate();
}

/* This process starts none itself. (The child, which goes on with what we do, ends here, too.) */
static bool has_forked(void)
{
	siginfo_t info;

	return getppid() != parent || !waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT);
}

/* Return: what is wrong with the process; NULL: nothing is. */
static const char *wrong(void)
{
	const char *what = has_forked() ? "called fork()" : crash_changed();

	if (!what && !heap_is_whole())
		what = "wrote over the heap of the C library";
	if (!what && !has_memory())
		what = "left no memory";
	return what ? what : wrong_file();
}

static bool is_wrong(void)
{
	const char *what = wrong();

	if (what)
		(void)snprintf(death_own->why, sizeof(death_own->why), "%s", what);
	return what;
}

/*
 * Another one has called a function of baton's: it has gone on as the CPU that had started it, and
 * as the scheduler, while that CPU still ran.
 */
void death_check_thread(void)
{
	const struct baton_point *point = sim.current ? sim.current->point : NULL;
	struct text why = TEXT_INIT;

	if (pthread_equal(pthread_self(), sim.thread))
		return;
	text_add(&why, "an OS thread that baton has not started came to a step");
	if (point)
		text_addf(&why, ", at %s (%s:%u)", point->name, point->file, point->line);
	text_add(&why, ": compile all of the code that starts threads with baton's <pthread.h>");
	give_up(why.bytes);
}

static void check(void)
{
	if (sim.open)
		death_check_thread();
	if (is_wrong())
		(void)raise(SIGKILL);
}

/* Told of where it is known whether the search goes on without it: not here. */
static void note_bug(const char *what)
{
	if (!is_wrong())
		(void)snprintf(death_own->bug, sizeof(death_own->bug), "%s", what);
}

static void note_giving_up(const char *why)
{
	(void)snprintf(death_own->gave_up, sizeof(death_own->gave_up), "%s", why);
}

void death_forked(void)
{
	parent = getppid();
}

bool death_is_copy(void)
{
	return getppid() != parent;
}

void death_enter(struct journal *journal, int socket)
{
	death_own = journal;
	file_count = 0;
	note_file(socket);
	note_file(STDIN_FILENO);
	note_file(STDOUT_FILENO);
	note_file(STDERR_FILENO);
	death_forked();
	find_heap();
	scout_enter();
	bug_listen(note_bug);
	give_up_listen(note_giving_up);
}

void death_check(void)
{
	if (death_own)
		check();
}

/*
 * A look asks the system a dozen questions, and the heap may be long: who only scans looks after
 * each of its first steps, then after twice as many, and so on, and at the end of each execution.
 */
#define SCANNED_STEPS 64u

static unsigned int steps; /* of this process */

void death_begin(void)
{
	if (!death_is_careful())
		return;
	death_own->place.count = 0;
	death_own->begun = true;
}

void death_look(void)
{
	if (!death_is_careful())
		return;
	steps++;
	if (!death_own->scans || steps <= SCANNED_STEPS || !(steps & (steps - 1)))
		check();
}

void death_end(void)
{
	if (death_is_careful())
		check();
}
