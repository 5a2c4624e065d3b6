/* SPDX-License-Identifier: MIT */
/* file_test.c - a file is whole at any moment, and what cannot be written says so. */
#include "base/file.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/vec.h"

TestSuite(file, .timeout = 60);

#define NO_LIMIT ((size_t)1 << 30)

static char folder[] = "/tmp/baton-file-XXXXXX";
static struct text path = TEXT_INIT, content = TEXT_INIT, read_text = TEXT_INIT;
static struct err err = ERR_INIT;

static void init(void)
{
	cr_assert_not_null(mkdtemp(folder));
	text_addf(&path, "%s/name", folder);
}

static void release(void)
{
	struct text command = TEXT_INIT;

	text_addf(&command, "rm -rf %s", folder);
	cr_expect_eq(system(command.bytes), 0); /* NOLINT(cert-env33-c): no input in it */
	text_release(&command);
	text_release(&path);
	text_release(&content);
	text_release(&read_text);
	err_release(&err);
}

/* Make the content @count times @c. */
static void fill(char c, size_t count)
{
	text_clear(&content);
	text_pad(&content, count, c);
}

static void replace(void)
{
	cr_assert_eq(file_replace(path.bytes, &content, &err), 0, "%s", err.text.bytes);
}

static void expect_content(void)
{
	text_clear(&read_text);
	cr_expect_eq(file_read(path.bytes, NO_LIMIT, &read_text), 0);
	cr_expect_eq(read_text.length, content.length);
	cr_expect_eq(memcmp(read_text.bytes, content.bytes, content.length), 0);
}

static void expect_nothing_beside(void)
{
	struct text beside = TEXT_INIT;

	text_addf(&beside, "%s.new", path.bytes);
	cr_expect_neq(access(beside.bytes, F_OK), 0);
	text_release(&beside);
}

Test(file, has_what_was_written, .init = init, .fini = release)
{
	fill('a', 200000);
	replace();
	expect_content();
	text_clear(&content);
	text_add_bytes(&content, "b\0c\n", 4);
	replace();
	expect_content();
	expect_nothing_beside();
}

Test(file, that_is_too_long_is_told, .init = init, .fini = release)
{
	fill('a', 1000);
	replace();
	cr_expect_eq(file_read(path.bytes, 1000, &read_text), 0);
	cr_expect_eq(file_read(path.bytes, 999, &read_text), EFBIG);
	cr_expect_eq(file_read("/dev/zero", 100000, &read_text), EFBIG);
	cr_expect_eq(file_read(folder, 1000, &read_text), EISDIR);
	cr_expect_eq(file_read("/nowhere/at/all", 1000, &read_text), ENOENT);
}

Test(file, keeps_its_mode_and_its_links, .init = init, .fini = release)
{
	struct text name = TEXT_INIT;
	struct stat is;

	fill('a', 10);
	replace();
	cr_assert_eq(chmod(path.bytes, 0640), 0);
	text_add(&name, path.bytes);
	text_addf(&path, "-link");
	cr_assert_eq(symlink(name.bytes, path.bytes), 0);
	fill('b', 10);
	replace();
	cr_assert_eq(lstat(path.bytes, &is), 0);
	cr_expect(S_ISLNK(is.st_mode));
	cr_assert_eq(stat(path.bytes, &is), 0);
	cr_expect_eq(is.st_mode & 07777, 0640);
	expect_content();
	text_release(&name);
}

static void expect_refused(const char *to, const char *why)
{
	err_release(&err);
	cr_expect_eq(file_replace(to, &content, &err), -1);
	cr_expect(strstr(err.text.bytes, why), "%s", err.text.bytes);
}

Test(file, that_cannot_be_written_says_why, .init = init, .fini = release)
{
	fill('a', 10);
	expect_refused("/dev/full", "cannot write '/dev/full': it is no regular file");
	expect_refused(folder, "Is a directory");
	expect_refused("/nowhere/at/all", "No such file or directory");
}

/* As on a full disk: what was there stays. */
Test(file, is_as_before_if_it_does_not_fit, .init = init, .fini = release)
{
	const struct rlimit limit = { .rlim_cur = 1000, .rlim_max = RLIM_INFINITY };

	fill('a', 100);
	replace();
	fill('b', 2000);
	signal(SIGXFSZ, SIG_IGN);
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	expect_refused(path.bytes, "File too large");
	fill('a', 100);
	expect_content();
	expect_nothing_beside();
}

#define WRITERS 3
#define ROUNDS 100

static _Noreturn void write_on(char c)
{
	int status = 0;

	fill(c, 30000);
	for (int i = 0; i < ROUNDS; i++)
		status |= file_replace(path.bytes, &content, &err);
	_exit(status != 0);
}

/* Return: is there a writer still? */
static bool are_running(int *failed)
{
	int status;
	pid_t ended = waitpid(-1, &status, WNOHANG);

	if (ended > 0)
		*failed |= status;
	return ended >= 0;
}

Test(file, of_several_writers_is_whole, .init = init, .fini = release)
{
	int failed = 0;

	fill('0', 30000);
	replace();
	for (int i = 0; i < WRITERS; i++)
		if (!fork())
			write_on((char)('1' + i));
	while (are_running(&failed)) {
		text_clear(&read_text);
		cr_assert_eq(file_read(path.bytes, NO_LIMIT, &read_text), 0);
		cr_assert_eq(read_text.length, 30000);
		for (size_t i = 0; i < read_text.length; i++)
			cr_assert_eq(read_text.bytes[i], read_text.bytes[0]);
	}
	cr_expect_eq(failed, 0);
	expect_nothing_beside();
}
