/* SPDX-License-Identifier: MIT */
/*
 * lockdep.c - what each CPU holds, and what it must not do meanwhile.
 *
 * Layer: kernel. May include: engine.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "kernel/lockdep.h"

#define WHY_SIZE 200

static struct lockdep *lockdep; /* NULL: off */
static void (*report)(enum lockdep_rule rule, const char *why);

static const struct lock_class spin_class = { .name = "spinlock" };
const struct lock_class lockdep_sleeping_class = { .name = "lock", .sleeps = true };

void lockdep_init(struct lockdep *storage, void (*told)(enum lockdep_rule rule, const char *why))
{
	lockdep = storage;
	report = told;
	if (lockdep)
		memset(lockdep, 0, sizeof(*lockdep));
}

const char *lockdep_rule_name(enum lockdep_rule rule)
{
	static const char *const names[LOCKDEP_RULES] = {
		[LOCKDEP_ORDER] = "lock_order",
		[LOCKDEP_SLEEP] = "sleep_in_atomic",
		[LOCKDEP_IPI_IRQS_OFF] = "ipi_with_irqs_off",
		[LOCKDEP_IPI_LOCK] = "ipi_under_lock",
		[LOCKDEP_NOT_HELD] = "lock_not_held",
		[LOCKDEP_RETURN_LOCKED] = "return_with_lock",
	};

	return names[rule];
}

static void tell(enum lockdep_rule rule, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void tell(enum lockdep_rule rule, const char *format, ...)
{
	char why[WHY_SIZE];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	if (!lockdep || !report)
		baton_fail(lockdep_rule_name(rule), "%s", why);
	report(rule, why);
}

/* "rmap.c:120", or the label. */
struct place {
	char text[60];
};

static struct place place(const struct baton_point *here)
{
	const char *slash = strrchr(here->file, '/');
	struct place place;

	if (here->labelled)
		(void)snprintf(place.text, sizeof(place.text), "%s", here->name);
	else
		(void)snprintf(place.text, sizeof(place.text), "%s:%u",
			       slash ? slash + 1 : here->file, here->line);
	return place;
}

static const char *who(void)
{
	return baton_cpu_name(baton_cpu());
}

static struct lockdep_cpu *this_cpu(void)
{
	return &lockdep->cpu[smp_processor_id()];
}

static bool irqs_off(void)
{
	return irqs_disabled_on(smp_processor_id());
}

static const struct lock_class *class_of(const struct lockdep_map *lock)
{
	return lock->lock_class ? lock->lock_class : &spin_class;
}

/* The innermost lock that keeps this CPU from sleeping; NULL if there is none. */
static const struct lockdep_held *spinlock_held(const struct lockdep_cpu *cpu)
{
	for (unsigned int i = cpu->count; i--;)
		if (!class_of(cpu->held[i].lock)->sleeps)
			return &cpu->held[i];
	return NULL;
}

/* @what: "may sleep", "waits for " a lock with that @name. Return: may it? */
static bool check_sleep(const struct baton_point *here, const char *what, const char *name)
{
	const struct lockdep_held *held = spinlock_held(this_cpu());

	if (held)
		tell(LOCKDEP_SLEEP, "%s %s%s (%s) under %s (%s)", who(), what, name,
		     place(here).text, held->lock->name, place(held->here).text);
	else if (irqs_off())
		tell(LOCKDEP_SLEEP, "%s %s%s (%s) with interrupts off", who(), what, name,
		     place(here).text);
	return !held && !irqs_off();
}

/* Is a way known from lock class @from inwards to @to? Then its first pair. */
static const struct lockdep_pair *way(const struct lock_class *from, const struct lock_class *to,
				      unsigned int pairs_left)
{
	for (unsigned int i = 0; pairs_left && i < lockdep->pair_count; i++) {
		const struct lockdep_pair *pair = &lockdep->pairs[i];

		if (pair->outer == from &&
		    (pair->inner == to || way(pair->inner, to, pairs_left - 1)))
			return pair;
	}
	return NULL;
}

/* No order is declared for these two: the one that comes first is it. */
static void learn(const struct lockdep_held *held, const struct lock_class *inner,
		  const struct baton_point *here)
{
	const struct lock_class *outer = class_of(held->lock);
	const struct lockdep_pair *back = way(inner, outer, lockdep->pair_count);

	if (back)
		tell(LOCKDEP_ORDER,
		     "%s takes %s (%s) under %s (%s); before it was %s (%s) under %s (%s)", who(),
		     inner->name, place(here).text, outer->name, place(held->here).text,
		     back->inner->name, place(back->inner_here).text, back->outer->name,
		     place(back->outer_here).text);
	if (back || way(outer, inner, 1))
		return;
	if (lockdep->pair_count == LOCKDEP_PAIRS)
		baton_fail("model_limit", "lockdep knows %d pairs of lock classes", LOCKDEP_PAIRS);
	lockdep->pairs[lockdep->pair_count++] =
		(struct lockdep_pair){ outer, inner, held->here, here };
}

/* Must @inner not be taken under @outer, as declared? */
static bool is_against(const struct lock_class *outer, unsigned int outer_subclass,
		       const struct lock_class *inner, unsigned int subclass)
{
	if (!outer->rank || !inner->rank)
		return false;
	return outer == inner ? outer_subclass >= subclass : outer->rank > inner->rank;
}

static void check_order(const struct lockdep_cpu *cpu, unsigned int index,
			const struct baton_point *here, const struct lockdep_map *lock,
			unsigned int subclass)
{
	const struct lockdep_held *held = &cpu->held[index];
	const struct lock_class *outer = class_of(held->lock), *inner = class_of(lock);

	if (held->lock == lock)
		tell(LOCKDEP_ORDER, "%s waits for %s (%s), which it holds (%s)", who(), lock->name,
		     place(here).text, place(held->here).text);
	else if (is_against(outer, cpu->subclass[index], inner, subclass))
		tell(LOCKDEP_ORDER, "%s takes %s (%s) under %s (%s)", who(), lock->name,
		     place(here).text, held->lock->name, place(held->here).text);
	else if (outer != inner && outer->rank && outer->rank == inner->rank)
		learn(held, inner, here);
}

void lockdep_waits(const struct baton_point *here, const struct lockdep_map *lock,
		   unsigned int subclass)
{
	const struct lockdep_cpu *cpu;

	if (!lockdep)
		return;
	cpu = this_cpu();
	if (class_of(lock)->sleeps && !check_sleep(here, "waits for ", lock->name))
		return;
	for (unsigned int i = 0; i < cpu->count; i++)
		check_order(cpu, i, here, lock, subclass);
}

void lockdep_holds(const struct baton_point *here, const struct lockdep_map *lock,
		   unsigned int subclass)
{
	struct lockdep_cpu *cpu;

	if (!lockdep)
		return;
	cpu = this_cpu();
	if (cpu->count == LOCKDEP_HELD)
		baton_fail("model_limit", "lockdep knows %d locks held at once", LOCKDEP_HELD);
	cpu->held[cpu->count] = (struct lockdep_held){ lock, here };
	cpu->subclass[cpu->count++] = (uint8_t)subclass;
}

static bool forget(struct lockdep_cpu *cpu, const struct lockdep_map *lock)
{
	unsigned int i = cpu->count;

	while (i && cpu->held[i - 1].lock != lock)
		i--;
	if (!i)
		return false;
	cpu->count--;
	for (i--; i < cpu->count; i++) {
		cpu->held[i] = cpu->held[i + 1];
		cpu->subclass[i] = cpu->subclass[i + 1];
	}
	cpu->held[i] = (struct lockdep_held){ NULL, NULL };
	cpu->subclass[i] = 0;
	return true;
}

bool lockdep_gives_up(const struct baton_point *here, const struct lockdep_map *lock, bool held)
{
	if (!held)
		tell(LOCKDEP_NOT_HELD, "%s unlocks %s (%s), which it does not hold", who(),
		     lock->name, place(here).text);
	if (!held || !lockdep || forget(this_cpu(), lock))
		return held;
	/* A lock bit of another CPU. */
	for (unsigned int i = 0; i <= NR_CPUS; i++)
		if (forget(&lockdep->cpu[i], lock))
			break;
	return held;
}

void lockdep_calls(const struct baton_point *here)
{
	const struct lockdep_cpu *cpu;

	if (irqs_off())
		tell(LOCKDEP_IPI_IRQS_OFF, "%s waits for other CPUs (%s) with interrupts off",
		     who(), place(here).text);
	if (!lockdep)
		return;
	cpu = this_cpu();
	for (unsigned int i = 0; i < cpu->count; i++)
		if (class_of(cpu->held[i].lock)->in_ipi)
			tell(LOCKDEP_IPI_LOCK,
			     "%s waits for other CPUs (%s) under %s (%s), which they take", who(),
			     place(here).text, cpu->held[i].lock->name,
			     place(cpu->held[i].here).text);
}

void might_sleep_at(const struct baton_point *here)
{
	if (lockdep)
		(void)check_sleep(here, "may sleep", "");
}

void lockdep_sys_exit(void)
{
	const struct lockdep_cpu *cpu;

	if (!lockdep)
		return;
	cpu = this_cpu();
	if (cpu->count)
		tell(LOCKDEP_RETURN_LOCKED, "%s returns with %s (%s) held", who(),
		     cpu->held[cpu->count - 1].lock->name,
		     place(cpu->held[cpu->count - 1].here).text);
	else if (irqs_off())
		tell(LOCKDEP_RETURN_LOCKED, "%s returns with interrupts off", who());
}
