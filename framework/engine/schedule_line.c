/* SPDX-License-Identifier: MIT */
/*
 * schedule_line.c - schedules as one line of text.
 *
 * Reading takes the longest prefix of a CPU's name that fits at a place and is
 * followed by a number. Writing puts a ':' wherever more than one would fit, so
 * what is written is read back as it was.
 */
#include <string.h>

#include "base/bug.h"
#include "engine/schedule.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_interrupt(const struct baton_program *program, unsigned int cpu)
{
	return program->cpus[cpu].host >= 0;
}

unsigned int schedule_host(const struct baton_program *program, unsigned int cpu)
{
	return is_interrupt(program, cpu) ? (unsigned int)program->cpus[cpu].host : cpu;
}

unsigned int schedule_carets(const struct baton_program *program, unsigned int cpu)
{
	unsigned int carets = 0;

	if (is_interrupt(program, cpu))
		for (unsigned int i = 0; i <= cpu; i++)
			carets += program->cpus[i].host == program->cpus[cpu].host;
	return carets;
}

/* The context with @carets of @host; -1 if there is none. */
static int find_context(const struct baton_program *program, unsigned int host, unsigned int carets)
{
	for (unsigned int i = 0; i < program->cpu_count; i++)
		if (schedule_host(program, i) == host && schedule_carets(program, i) == carets)
			return (int)i;
	return -1;
}

/* Does the name of a CPU other than @except begin with @length bytes of @start? */
static bool others_begin(const struct baton_program *program, unsigned int except,
			 const char *start, size_t length)
{
	for (unsigned int i = 0; i < program->cpu_count; i++)
		if (i != except && !is_interrupt(program, i) &&
		    !strncmp(program->cpus[i].name, start, length))
			return true;
	return false;
}

/* Bytes of the shortest prefix that only @cpu has; the whole name if there is none. */
static size_t prefix_length(const struct baton_program *program, unsigned int cpu)
{
	const char *name = program->cpus[cpu].name;
	size_t length = 1;

	while (name[length] && others_begin(program, cpu, name, length))
		length++;
	return length;
}

/* Could a number after this prefix be read as a part of some CPU's name? */
static bool wants_colon(const struct baton_program *program, const char *prefix, size_t length)
{
	if (is_digit(prefix[length - 1]))
		return true;
	for (unsigned int i = 0; i < program->cpu_count; i++)
		if (!is_interrupt(program, i) && !strncmp(program->cpus[i].name, prefix, length) &&
		    is_digit(program->cpus[i].name[length]))
			return true;
	return false;
}

static void format_run(const struct baton_program *program, unsigned int cpu, size_t steps,
		       struct text *text)
{
	unsigned int host = schedule_host(program, cpu), carets = schedule_carets(program, cpu);
	const char *name = program->cpus[host].name;
	size_t length = prefix_length(program, host);

	text_add_bytes(text, name, length);
	for (unsigned int i = 0; i < carets; i++)
		text_add_char(text, '^');
	if (!carets && wants_colon(program, name, length))
		text_add_char(text, ':');
	text_addf(text, "%zu", steps);
}

static void format_values(struct schedule_entry entry, size_t times, struct text *text)
{
	text_add(text, entry.kind == BATON_CHOICE_VALUE ? "[=" : "[");
	text_addf(text, "%u", entry.value);
	if (times > 1)
		text_addf(text, "x%zu", times);
	text_add_char(text, ']');
}

void schedule_format(const struct schedule *schedule, const struct baton_program *program,
		     struct text *text)
{
	const struct schedule_entry *entries = schedule->entries.items;
	size_t count = schedule->entries.count, next;

	for (size_t i = 0; i < count; i = next) {
		next = i + 1;
		while (next < count && entries[next].value == entries[i].value &&
		       entries[next].kind == entries[i].kind)
			next++;
		if (entries[i].kind == BATON_CHOICE_CPU) {
			BUG_ON(entries[i].value >= program->cpu_count);
			format_run(program, entries[i].value, next - i, text);
		} else {
			format_values(entries[i], next - i, text);
		}
	}
}

/* The text being read; at is the byte that comes next. */
struct reader {
	const struct baton_program *program;
	const char *line;
	size_t at;
	struct schedule *schedule;
	struct err *err;
};

static void add_cpu_names(const struct baton_program *program, struct text *text)
{
	const char *separator = "";

	for (unsigned int i = 0; i < program->cpu_count; i++) {
		if (is_interrupt(program, i))
			continue;
		text_addf(text, "%s%s", separator, program->cpus[i].name);
		separator = ", ";
	}
}

static int fail(struct reader *reader, size_t at, const char *what)
{
	return err_add(reader->err, "column %zu: %s", at + 1, what);
}

static int fail_text(struct reader *reader, size_t at, struct text *what)
{
	fail(reader, at, what->bytes);
	text_release(what);
	return -1;
}

static size_t word_length(const char *start)
{
	size_t length = 0;

	while ((start[length] >= 'a' && start[length] <= 'z') ||
	       (start[length] >= 'A' && start[length] <= 'Z') || start[length] == '_')
		length++;
	return length;
}

static unsigned int count_begins(const struct baton_program *program, const char *start,
				 size_t length)
{
	unsigned int count = 0;

	for (unsigned int i = 0; i < program->cpu_count; i++)
		count += !is_interrupt(program, i) &&
			 !strncmp(program->cpus[i].name, start, length);
	return count;
}

/* No CPU and number fit at the reader's place: which of the two is wrong? */
static int fail_run(struct reader *reader)
{
	const char *start = reader->line + reader->at;
	int length = (int)word_length(start);
	unsigned int begins = count_begins(reader->program, start, (size_t)length);
	struct text what = TEXT_INIT;

	if (!length)
		text_addf(&what, "expected a CPU or '[', found '%c'; there are ", *start);
	else if (!begins)
		text_addf(&what, "no CPU begins with '%.*s'; there are ", length, start);
	else if (begins == 1)
		text_addf(&what, "expected a number of steps after '%.*s'; there are ", length,
			  start);
	else
		text_addf(&what, "'%.*s' begins more than one name; there are ", length, start);
	add_cpu_names(reader->program, &what);
	return fail_text(reader, reader->at, &what);
}

/* Decimal number at the reader's place; @max + 1 if it is larger. No digit gives -1. */
static long read_number(struct reader *reader, long max)
{
	const char *line = reader->line;
	long number = 0;

	if (!is_digit(line[reader->at]))
		return -1;
	for (; is_digit(line[reader->at]); reader->at++)
		number = number > max ? number : number * 10 + (line[reader->at] - '0');
	return number > max ? max + 1 : number;
}

static int push_entries(struct reader *reader, size_t at, enum baton_choice_kind kind,
			unsigned int value, long times)
{
	struct schedule_entry entry = { (uint8_t)kind, (uint8_t)value };

	if (times < 1)
		return fail(reader, at, "expected a number of at least 1");
	if ((size_t)times > SCHEDULE_ENTRIES_MAX - reader->schedule->entries.count)
		return fail(reader, at, "more steps than a schedule can have");
	for (long i = 0; i < times; i++)
		vec_push(&reader->schedule->entries, entry);
	return 0;
}

/* Bytes of @name's prefix at @start that a number follows; 0 if it does not fit. */
static size_t fit(const char *name, size_t shortest, const char *start)
{
	size_t length = 0, best = 0;

	while (name[length] && name[length] == start[length]) {
		const char *after = start + ++length;

		after += strspn(after, "^");
		if (*after == ':')
			after++;
		else if (is_digit(start[length - 1]) && after == start + length)
			continue;
		if (length >= shortest && is_digit(*after))
			best = length;
	}
	return best;
}

/* "k2", "cpu0:3", "d^1" */
static int read_run(struct reader *reader)
{
	const struct baton_program *program = reader->program;
	const char *start = reader->line + reader->at;
	size_t at = reader->at, best = 0;
	unsigned int host = 0, carets;
	int cpu;

	for (unsigned int i = 0; i < program->cpu_count; i++) {
		size_t length = is_interrupt(program, i) ? 0 :
							   fit(program->cpus[i].name,
							       prefix_length(program, i), start);

		if (length > best) {
			best = length;
			host = i;
		}
	}
	if (!best)
		return fail_run(reader);
	carets = (unsigned int)strspn(start + best, "^");
	reader->at += best + carets;
	if (reader->line[reader->at] == ':')
		reader->at++;
	cpu = find_context(program, host, carets);
	if (cpu < 0) {
		struct text what = TEXT_INIT;

		text_addf(&what, "%s has no %sinterrupt context", program->cpus[host].name,
			  carets > 1 ? "such " : "");
		return fail_text(reader, at + best, &what);
	}
	at = reader->at;
	return push_entries(reader, at, BATON_CHOICE_CPU, (unsigned int)cpu,
			    read_number(reader, SCHEDULE_ENTRIES_MAX));
}

/* "[1]", "[=2]", "[0x5]" */
static int read_values(struct reader *reader)
{
	enum baton_choice_kind kind = BATON_CHOICE_FAULT;
	size_t at;
	long value, times = 1;

	if (reader->line[++reader->at] == '=') {
		kind = BATON_CHOICE_VALUE;
		reader->at++;
	}
	at = reader->at;
	value = read_number(reader, BATON_OPTIONS_MAX);
	if (value < 0 || value >= BATON_OPTIONS_MAX)
		return fail(reader, at, "expected the option picked, a number from 0 to 63");
	if (reader->line[reader->at] == 'x') {
		at = ++reader->at;
		times = read_number(reader, SCHEDULE_ENTRIES_MAX);
	}
	if (times >= 1 && reader->line[reader->at] != ']')
		return fail(reader, reader->at, "expected ']' after the option picked");
	reader->at++;
	return push_entries(reader, at, kind, (unsigned int)value, times);
}

int schedule_parse(struct schedule *schedule, const struct baton_program *program, const char *line,
		   struct err *err)
{
	struct reader reader = { program, line, 0, schedule, err };
	int result = 0;

	schedule_release(schedule);
	while (!result) {
		while (is_blank(line[reader.at]))
			reader.at++;
		if (!line[reader.at])
			return 0;
		result = line[reader.at] == '[' ? read_values(&reader) : read_run(&reader);
	}
	schedule_release(schedule);
	return -1;
}
