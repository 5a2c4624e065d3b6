/* SPDX-License-Identifier: MIT */
/*
 * sim.h - what code on a simulated CPU says to the scheduler.
 *
 * All simulated CPUs run on one OS thread. Exactly one of them holds the baton;
 * it announces its next access, and whoever is picked performs the access that
 * it announced and runs on to its next one. Code between two accesses is never
 * interrupted, so it must touch nothing that is shared. Every decision goes
 * through the strategy, and the list of decisions determines the execution.
 *
 * Outside a simulated CPU all of these calls return at once, so the code under
 * test also works in an ordinary program.
 *
 * Layer: public. May include: baton/point.h.
 */
#ifndef BATON_SIM_H
#define BATON_SIM_H

#include <stddef.h>
#include <stdint.h>

#include "baton/point.h"

BATON_BEGIN

/* At most this many CPUs, interrupt contexts included; and options of one choice. */
#define BATON_CPUS_MAX 64
#define BATON_OPTIONS_MAX 64

/*
 * What a CPU is about to do with an object. Two accesses to one object depend on
 * each other unless both are READ, or both are ADD (additions whose result is not
 * used commute). WAIT and LOCK may block: they come with a predicate.
 */
enum baton_access_kind {
	BATON_READ,
	BATON_WRITE,
	BATON_RMW,
	BATON_ADD,
	BATON_LOCK,
	BATON_UNLOCK,
	BATON_WAIT,
	BATON_LOCAL,
};

/*
 * Why a CPU cannot go on. All three are called by the scheduler, on any stack;
 * they look at @object and must neither change anything nor reach a point.
 */
struct baton_wait {
	bool (*ready)(const void *object);
	/* Index of the CPU that must act, -1 if no single CPU is to blame; may be NULL. */
	int (*holder)(const void *object);
	/* What is waited for ("ptl(P)"); valid until the next call. NULL, as the function
	 * itself may be: it has no name but that of the point. */
	const char *(*name)(const void *object);
};

/**
 * baton_access() - announce an access, and return when it may be performed.
 * @here: where; BATON_HERE() (a preceding POINT() wins)
 * @object: address that identifies what is accessed; not dereferenced
 * @kind: not BATON_LOCK or BATON_WAIT
 *
 * Context: on a CPU (else returns at once); switches CPUs.
 */
void baton_access(const struct baton_point *here, const void *object, enum baton_access_kind kind);

/**
 * baton_atomic() - baton_access(), which also notices loops that wait.
 * @kind: BATON_RMW: the CPU then says baton_changed() if its object is another one now
 *
 * A CPU that comes to the same access of the same object for the third time, has changed nothing
 * since the second, and has the same stack and the same registers as then, would go on like that
 * until somebody writes to what it has read: so it waits, as by baton_retry(). Memory that is not
 * on the stack and not announced is not compared: a loop that counts in a global variable, to give
 * up when it has tried often enough, is taken for one that does not.
 *
 * It needs the registers: where fibers are switched by ucontext it is baton_access().
 *
 * Context: as baton_access(). A function between it and the code that loops must have the same
 *	    frame each time: it is compared, too.
 */
void baton_atomic(const struct baton_point *here, const void *object, enum baton_access_kind kind);

/* The RMW that this CPU has just made by baton_atomic() has changed its object. Anywhere. */
void baton_changed(void);

/**
 * baton_block() - announce a blocking access, and return when it may be performed.
 * @here: as in baton_access()
 * @object: identifies what is waited for, and is passed to @wait's functions
 * @kind: BATON_LOCK or BATON_WAIT
 * @wait: predicate and names; static storage
 *
 * The CPU is not picked before @wait->ready(@object) holds, and it still holds
 * when the call returns. Outside a CPU it returns at once.
 *
 * Context: on a CPU; switches CPUs.
 * Finding: deadlock, when no CPU can go on.
 */
void baton_block(const struct baton_point *here, const void *object, enum baton_access_kind kind,
		 const struct baton_wait *wait);

/**
 * baton_retry() - the end of an iteration that changed nothing, in a loop that waits.
 * @here: as in baton_access()
 *
 * The iteration is all that the CPU did since its last call, or since it began. If it made one
 * access only, or the last call was at the same point, and its accesses were READs, or RMWs that
 * failed, of eight objects at most, there is no use in another one before somebody else has
 * written to one of them (any access that is no READ counts): the CPU is not picked
 * before. So a loop around a flag has one iteration per write, not any number. In other
 * iterations it does nothing.
 *
 * Context: on a CPU (else returns at once); switches CPUs.
 * Finding: deadlock, when nobody is left to write.
 */
void baton_retry(const struct baton_point *here);

/**
 * baton_idle() - wait for work: an interrupt context, or a CPU that serves others.
 * @here: as in baton_access()
 * @object: as in baton_block(), normally the interrupt line
 * @wait: ready when there is work (an interrupt is pending, and the host takes it)
 *
 * An execution ends although CPUs are idle, but not while one has work. While an
 * interrupt context is out of this call its host CPU does not run.
 *
 * Context: on a CPU; switches CPUs.
 */
void baton_idle(const struct baton_point *here, const void *object, const struct baton_wait *wait);

/**
 * baton_irq_hold() - let no interrupt of this CPU be taken, or let them be again.
 *
 * For the accesses of one instruction: interrupts are taken between instructions only.
 * It changes nothing that anybody else can see, so it is no access. An execution begins
 * with nothing held.
 *
 * Context: on a CPU that is no interrupt context. Does not switch.
 */
void baton_irq_hold(bool hold);

/* What is being decided; recorded in schedules. */
enum baton_choice_kind {
	BATON_CHOICE_CPU,
	BATON_CHOICE_FAULT,
	BATON_CHOICE_VALUE,
};

/**
 * baton_choose() - ask the strategy to pick one of @count options.
 * @kind: BATON_CHOICE_FAULT (0: works, 1: fails) or BATON_CHOICE_VALUE
 * @count: number of options, 1..BATON_OPTIONS_MAX
 * @name: what is chosen, for reports; static storage
 *
 * With @count == 1 there is nothing to choose and nothing is recorded. Outside a
 * CPU, and in setup and finally, the answer is 0.
 *
 * Context: on a CPU. Does not switch.
 * Return:  the option picked, in [0, @count).
 */
unsigned int baton_choose(enum baton_choice_kind kind, unsigned int count, const char *name);

/**
 * baton_fault() - should this place fail, as an allocation or a device may?
 * @point: name of the fault point ("mm/alloc_page"); static storage
 *
 * Context: anywhere; outside a CPU, and where no scenario asks for it, the answer is
 *          false. Does not switch.
 */
bool baton_fault(const char *point);

/* Places that ask for a fault point by a literal are known without being passed. */
#define baton_fault(point)                                                                     \
	((void)BATON_RECORD_("baton_faults", BATON_JOIN(baton_fault_, __COUNTER__), point, 1), \
	 baton_fault(point))

/**
 * baton_fault_next() - iterate over the places of the program that ask for fault points.
 * @previous: as baton_point_next()
 *
 * Context: anywhere. Does not switch.
 * Return: the next place, or NULL after the last.
 */
const struct baton_point *baton_fault_next(const struct baton_point *previous);

/**
 * baton_fail() - report something wrong in the code under test.
 * @name: short name of the rule that is broken ("use_after_free"); static storage
 * @format: printf text that says what happened
 *
 * The execution ends with a finding and the call does not return. Outside a
 * simulation it prints the text and aborts.
 *
 * Context: on a CPU, or in a program's step callback.
 */
BATON_NORETURN void baton_fail(const char *name, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Assert in the code under test: on in all builds, a finding when it does not hold. */
#define BATON_ASSERT(condition)                                                            \
	do {                                                                               \
		if (!(condition))                                                          \
			baton_fail("assert", "%s:%d: %s", __FILE__, __LINE__, #condition); \
	} while (0)

/**
 * baton_note() - say what the current step saw or did ("present, writable").
 *
 * Only kept while an execution is recorded; otherwise it costs one test.
 * Context: anywhere. Does not switch.
 */
void baton_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * baton_note_address() - say that the current step saw a pointer, and to what.
 * @what: stands in front of it ("was ", or nothing)
 * @address: told as "nodes[1]" of a variable ("nodes+16" in bytes, if the program was compiled
 *	     without -g), "t1's object 2" of what was allocated with baton/alloc.h or
 *	     baton/malloc.h, "stack of t1"; of other memory as "pointer 2", the second such one:
 *	     numbers of addresses differ from run to run
 *
 * Context: as baton_note().
 */
void baton_note_address(const char *what, const volatile void *address);

/**
 * baton_note_bytes() - say that the current step saw a struct.
 * @object: its bytes, @size of them
 *
 * Told as "{0x00010002}", and by words of eight bytes as "{nodes[1], 0x2}"; more than two of these
 * are left out. Context: as baton_note().
 */
void baton_note_bytes(const char *what, const void *object, size_t size);

/**
 * baton_call_begin() / baton_call_end() - bracket a call that reports show as a
 * heading of its steps.
 * Context: on a CPU. Does not switch. Calls nest.
 */
void baton_call_begin(const char *format, ...) __attribute__((format(printf, 1, 2)));
void baton_call_end(void);

/**
 * baton_cpu() - index of the simulated CPU that runs.
 *
 * Context: anywhere. Does not switch.
 * Return: 0.. in the order of the program's CPUs; in an interrupt context the index of
 *         its host; in setup and finally the number of CPUs that are not interrupt
 *         contexts (they run on one CPU more); -1 outside a simulation.
 */
int baton_cpu(void);

/**
 * baton_cpu_name() - name of CPU @index, as its program gave it.
 * @index: from 0; of a CPU of the program that runs
 *
 * Context: anywhere. Does not switch.
 * Return: the program's string.
 */
const char *baton_cpu_name(int index);

BATON_END

#endif
