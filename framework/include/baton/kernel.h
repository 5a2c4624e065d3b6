/* SPDX-License-Identifier: MIT */
/*
 * kernel.h - the kernel's primitives, built on announced accesses.
 *
 * Names and meanings are the kernel's, so that code under test reads as it does
 * there. Every operation on shared memory is one announced access; the place of
 * its use is its point, and a preceding POINT() names it. Memory is sequentially
 * consistent.
 *
 * All of it also works outside a simulation, where a lock that is not free is an
 * assertion failure.
 *
 * Layer: public. May include: baton/mutable.h, baton/sim.h.
 */
#ifndef BATON_KERNEL_H
#define BATON_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "baton/mutable.h"
#include "baton/sim.h"

BATON_BEGIN

/* ---- Plain accesses ---------------------------------------------------------------- */

/* Load @x once: one READ. */
#define READ_ONCE(x)                                                             \
	(__extension__({                                                         \
		baton_access(BATON_HERE("READ_ONCE(" #x ")"), &(x), BATON_READ); \
		*(const volatile __typeof__(x) *)&(x);                           \
	}))

/* Store @value to @x once: one WRITE. @value is evaluated before. */
#define WRITE_ONCE(x, value) \
	BATON_WRITE_ONCE_(BATON_JOIN(baton_value_, __COUNTER__), x, value, "WRITE_ONCE(" #x ")")
#define BATON_WRITE_ONCE_(tmp, x, value, text)                     \
	do {                                                       \
		__typeof__(x) tmp = (value);                       \
		baton_access(BATON_HERE(text), &(x), BATON_WRITE); \
		*(volatile __typeof__(x) *)(void *)&(x) = tmp;     \
	} while (0)

/* In a loop that waits for another CPU: the iteration changed nothing. See baton_retry(). */
#define cpu_relax() baton_retry(BATON_NAMED("cpu_relax"))

/* Store @value to *@p and return what was there: one RMW. */
#define xchg(p, value)                                                                             \
	BATON_XCHG_(BATON_JOIN(baton_value_, __COUNTER__), BATON_JOIN(baton_was_, __COUNTER__), p, \
		    value, "xchg(" #p ")")
#define BATON_XCHG_(tmp, was, p, value, text)                   \
	(__extension__({                                        \
		__typeof__(*(p)) tmp = (value), was;            \
		baton_access(BATON_HERE(text), (p), BATON_RMW); \
		was = *(p);                                     \
		*(p) = tmp;                                     \
		was;                                            \
	}))

/* If *@p is @old, store @value; return what was there: one RMW, also when it fails. */
#define cmpxchg(p, old, value)                                                                     \
	BATON_CMPXCHG_(BATON_JOIN(baton_value_, __COUNTER__), BATON_JOIN(baton_old_, __COUNTER__), \
		       BATON_JOIN(baton_was_, __COUNTER__), p, old, value, "cmpxchg(" #p ")")
#define BATON_CMPXCHG_(tmp, want, was, p, old, value, text)        \
	(__extension__({                                           \
		__typeof__(*(p)) tmp = (value), want = (old), was; \
		baton_access(BATON_HERE(text), (p), BATON_RMW);    \
		was = *(p);                                        \
		if (was == want)                                   \
			*(p) = tmp;                                \
		was;                                               \
	}))

/*
 * Sleep until somebody wakes this CPU, which is when @wait is ready; with the fault
 * kernel/spurious_wakeup at any moment. Who must know which it was looks at @object in the step
 * after. Context, findings: as baton_block() with BATON_WAIT.
 */
void wait_woken_at(const struct baton_point *here, const void *object,
		   const struct baton_wait *wait);
/* The same, as often as it takes until @wait is ready. */
void wait_event_at(const struct baton_point *here, const void *object,
		   const struct baton_wait *wait);

/*
 * Announce an access of what a lock keeps to its holder: a step in a mutant only, whose lock
 * may be left out (mutable.h). As baton_access() otherwise.
 */
#define baton_access_locked(object, kind)                                          \
	do {                                                                       \
		if (__builtin_expect(baton_mutating, 0))                           \
			baton_access(BATON_HERE("locked " #object), object, kind); \
	} while (0)

/* ---- atomic_t ----------------------------------------------------------------------- */

typedef struct {
	int counter;
} atomic_t;

#define ATOMIC_INIT(i) \
	{              \
		(i)    \
	}

/*
 * What the macros below expand to. @here: BATON_HERE(). Context: anywhere; on a CPU
 * they switch.
 */
/* The value: one READ. */
int atomic_read_at(const struct baton_point *here, const atomic_t *v);
/* Set to @i: one WRITE. */
void atomic_set_at(const struct baton_point *here, atomic_t *v, int i);
/* Add @i: one ADD. */
void atomic_add_at(const struct baton_point *here, int i, atomic_t *v);
/* Add @i: one RMW. Return: the sum. */
int atomic_add_return_at(const struct baton_point *here, int i, atomic_t *v);
/* Add @i if the value is not @unless: one RMW, and one more for each that fails by the fault
 * kernel/cmpxchg_weak. Return: was it added? */
bool atomic_add_unless_at(const struct baton_point *here, atomic_t *v, int i, int unless);
/*
 * Set to @value if it is @old, in one RMW. Return: was it done? With the fault
 * kernel/cmpxchg_weak it may fail although the value is @old, so it is for loops.
 */
bool atomic_cmpxchg_weak_at(const struct baton_point *here, atomic_t *v, int old, int value);
/* Set to @value if it is @old: one RMW. Return: what it was. */
int atomic_cmpxchg_at(const struct baton_point *here, atomic_t *v, int old, int value);

#define atomic_read(v) atomic_read_at(BATON_HERE("atomic_read(" #v ")"), v)
#define atomic_set(v, i) atomic_set_at(BATON_HERE("atomic_set(" #v ")"), v, i)

/* Additions without a result commute: one ADD. */
#define atomic_add(i, v) atomic_add_at(BATON_HERE("atomic_add(" #v ")"), i, v)
#define atomic_sub(i, v) atomic_add_at(BATON_HERE("atomic_sub(" #v ")"), -(i), v)
#define atomic_inc(v) atomic_add_at(BATON_HERE("atomic_inc(" #v ")"), 1, v)
#define atomic_dec(v) atomic_add_at(BATON_HERE("atomic_dec(" #v ")"), -1, v)

/* One RMW each, also when nothing is added or exchanged. */
#define atomic_add_return(i, v) atomic_add_return_at(BATON_HERE("atomic_add_return(" #v ")"), i, v)
#define atomic_inc_return(v) atomic_add_return_at(BATON_HERE("atomic_inc_return(" #v ")"), 1, v)
#define atomic_sub_and_test(i, v) \
	(atomic_add_return_at(BATON_HERE("atomic_sub_and_test(" #v ")"), -(i), v) == 0)
#define atomic_dec_and_test(v) \
	(atomic_add_return_at(BATON_HERE("atomic_dec_and_test(" #v ")"), -1, v) == 0)
#define atomic_add_unless(v, i, u) \
	atomic_add_unless_at(BATON_HERE("atomic_add_unless(" #v ")"), v, i, u)
#define atomic_inc_not_zero(v) \
	atomic_add_unless_at(BATON_HERE("atomic_inc_not_zero(" #v ")"), v, 1, 0)
#define atomic_cmpxchg_weak(v, old, value) \
	atomic_cmpxchg_weak_at(BATON_HERE("atomic_cmpxchg_weak(" #v ")"), v, old, value)
#define atomic_cmpxchg(v, old, value) \
	atomic_cmpxchg_at(BATON_HERE("atomic_cmpxchg(" #v ")"), v, old, value)

/* ---- Locks --------------------------------------------------------------------------- */

struct lock_class;

/* A lock as reports and lockdep.h know it. */
struct lockdep_map {
	const char *name;                    /* "ptl(P)"; static or as old as the lock */
	const struct lock_class *lock_class; /* NULL: a spinlock without order */
};

/*
 * A spinlock, and the lock bit of a flags word that sleepers wait for. Both keep
 * one CPU out while another is in; what differs is where Linux may use them, which
 * lockdep.h looks at.
 */
typedef struct spinlock {
	int owner;           /* 0: free; else 2 + index of the CPU, 1 outside a simulation */
	uint32_t pretenders; /* CPUs that act as if they held it: mutable.h */
	struct lockdep_map dep_map;
} spinlock_t;

/* Not locked, of no class. @name: see struct lockdep_map. */
void spin_lock_init(spinlock_t *lock, const char *name);
/* Does anybody hold it, or act as if? Not an access. */
bool spin_is_locked(const spinlock_t *lock);

/* See spin_lock(). */
void spin_lock_at(const struct baton_point *here, spinlock_t *lock);
/* See spin_lock_nested(). */
void spin_lock_nested_at(const struct baton_point *here, spinlock_t *lock, unsigned int subclass);
/* See spin_trylock(). */
bool spin_trylock_at(const struct baton_point *here, spinlock_t *lock);
/* See spin_unlock(). */
void spin_unlock_at(const struct baton_point *here, spinlock_t *lock);

/* Wait until @lock is free and take it. Finding: deadlock. */
#define spin_lock(lock) spin_lock_at(BATON_MUTABLE("lock", "spin_lock(" #lock ")"), lock)
/* The same inside another lock of its class, which was taken with a smaller @subclass (0 if
 * none was given). */
#define spin_lock_nested(lock, subclass) \
	spin_lock_nested_at(BATON_MUTABLE("lock", "spin_lock_nested(" #lock ")"), lock, subclass)
/* Take @lock if it is free: one RMW. Return: true if it was. */
#define spin_trylock(lock) spin_trylock_at(BATON_MUTABLE("lock", "spin_trylock(" #lock ")"), lock)
/* Finding: lock_not_held, if this CPU does not hold @lock; see lockdep.h. */
#define spin_unlock(lock) spin_unlock_at(BATON_HERE("spin_unlock(" #lock ")"), lock)

/* The same for a lock bit; any CPU may unlock it, as with PG_locked. */
struct bit_lock {
	spinlock_t bit;
};

/* Not locked. @name: as for spin_lock_init(). */
void bit_lock_init(struct bit_lock *lock, const char *name);
/* Does anybody hold it? Not an access. */
bool bit_is_locked(const struct bit_lock *lock);
/* Finding: lock_not_held, if nobody does. */
void bit_unlock_at(const struct baton_point *here, struct bit_lock *lock);
/* Lock, or unlock, a bit that no other CPU can find. Not an access. */
void bit_lock_private_at(const struct baton_point *here, struct bit_lock *lock);
void bit_unlock_private_at(const struct baton_point *here, struct bit_lock *lock);

#define bit_lock(lock) spin_lock_at(BATON_MUTABLE("lock", "bit_lock(" #lock ")"), &(lock)->bit)
#define bit_trylock(lock) \
	spin_trylock_at(BATON_MUTABLE("lock", "bit_trylock(" #lock ")"), &(lock)->bit)
#define bit_unlock(lock) bit_unlock_at(BATON_HERE("bit_unlock(" #lock ")"), lock)
#define bit_lock_private(lock) bit_lock_private_at(BATON_HERE("bit_lock_private(" #lock ")"), lock)
#define bit_unlock_private(lock) \
	bit_unlock_private_at(BATON_HERE("bit_unlock_private(" #lock ")"), lock)

/* Many readers or one writer; no fairness, and no CPU may take it twice. */
struct rw_semaphore {
	uint64_t readers;    /* bit: index of the CPU + 1 */
	int writer;          /* as spinlock_t.owner */
	uint32_t pretenders; /* as spinlock_t.pretenders */
	struct lockdep_map dep_map;
};

/* Free. @name: as for spin_lock_init(). */
void init_rwsem(struct rw_semaphore *sem, const char *name);
/* Wait until there is no writer. Finding: deadlock. */
void down_read_at(const struct baton_point *here, struct rw_semaphore *sem);
/* Finding: lock_not_held, if this CPU is no reader. */
void up_read_at(const struct baton_point *here, struct rw_semaphore *sem);
/* Wait until there is nobody else. Finding: deadlock. */
void down_write_at(const struct baton_point *here, struct rw_semaphore *sem);
/* See down_write_nested(). */
void down_write_nested_at(const struct baton_point *here, struct rw_semaphore *sem,
			  unsigned int subclass);
/* Finding: lock_not_held, if this CPU is not the writer. */
void up_write_at(const struct baton_point *here, struct rw_semaphore *sem);

#define down_read(sem) down_read_at(BATON_MUTABLE("lock", "down_read(" #sem ")"), sem)
#define up_read(sem) up_read_at(BATON_HERE("up_read(" #sem ")"), sem)
#define down_write(sem) down_write_at(BATON_MUTABLE("lock", "down_write(" #sem ")"), sem)
/* As spin_lock_nested(). */
#define down_write_nested(sem, subclass) \
	down_write_nested_at(BATON_MUTABLE("lock", "down_write_nested(" #sem ")"), sem, subclass)
#define up_write(sem) up_write_at(BATON_HERE("up_write(" #sem ")"), sem)

/* ---- CPUs, interrupts, calls to other CPUs -------------------------------------------- */

/* With an interrupt context each, and one CPU for setup, as many as BATON_CPUS_MAX allows. */
#define NR_CPUS 31

typedef void (*smp_call_func_t)(int cpu, const void *info);
typedef bool (*smp_cond_func_t)(int cpu, const void *info);

/* One interrupt line: at most one call is on its way to a CPU. Its address is the
 * object of everything that decides whether that CPU takes an interrupt. */
struct smp_cpu {
	smp_call_func_t func; /* NULL: no call is pending */
	const void *info;     /* on the caller's stack; the caller waits */
	bool irqs_off;
	bool in_interrupt;  /* smp_interrupts(): its handler runs */
	uint8_t interrupts; /* and how many are to come */
};

/*
 * All per-CPU state of this layer, without pointers to the heap: a model makes it
 * part of the state that it saves. The last entry stands for the CPU of setup and
 * finally, and for code outside a simulation: nobody runs beside that one.
 */
struct smp {
	unsigned int nr_cpus; /* 1..NR_CPUS, interrupt contexts not counted */
	struct smp_cpu cpu[NR_CPUS + 1];
};

/**
 * smp_init() - start with @nr_cpus idle CPUs, interrupts on.
 * @smp: storage, in use until the next smp_init(); NULL for storage of this layer
 * @nr_cpus: 1..NR_CPUS
 */
void smp_init(struct smp *smp, unsigned int nr_cpus);

/* Index of the running CPU; nr_cpus in setup, in finally and outside a simulation. */
int smp_processor_id(void);

/* Is this CPU alone (setup, finally, outside a simulation)? */
bool smp_alone(void);

/* The object that @cpu's interrupt line is announced with. */
const void *smp_line(int cpu);

/* Has @cpu its interrupts off, or is it in one? Not an access. */
bool irqs_disabled_on(int cpu);

/* See local_irq_disable(). */
void local_irq_disable_at(const struct baton_point *here);
/* See local_irq_enable(). */
void local_irq_enable_at(const struct baton_point *here);

/* Take no interrupts: one WRITE of this CPU's line. */
#define local_irq_disable() local_irq_disable_at(BATON_MUTABLE("irq", "local_irq_disable()"))
/* Take interrupts again, a pending one at once, in the same step; with the fault
 * kernel/ipi_delay some time later. */
#define local_irq_enable() local_irq_enable_at(BATON_HERE("local_irq_enable()"))
/* @flags: unsigned long that receives whether interrupts were off already. */
#define local_irq_save(flags)                                   \
	do {                                                    \
		(flags) = irqs_disabled_on(smp_processor_id()); \
		local_irq_disable();                            \
	} while (0)
#define local_irq_restore(flags)            \
	do {                                \
		if (!(flags))               \
			local_irq_enable(); \
	} while (0)

/**
 * smp_instruction_begin() / smp_instruction_end() - bracket the accesses of one
 * instruction after its first: interrupts are taken between instructions only.
 * Context: on a CPU. Does not switch.
 */
void smp_instruction_begin(void);
void smp_instruction_end(void);

/**
 * smp_call_function_many_at() - run @func on other CPUs and wait until all have.
 * @here: point of the access that puts the call on a CPU's line, one per CPU in @mask
 * @mask: bit per CPU; the running one is left out
 * @cond: called in that access; false: this CPU needs no call. NULL: all do.
 * @func: runs in the interrupt context of each CPU; must not reach a point
 * @info: passed to both; may be on the caller's stack
 *
 * @cond may look at what @func would change on that CPU, provided that whatever
 * else changes it is either announced on that CPU's line or cannot happen any
 * more when the caller gets here. Then the answer is the same in all executions
 * that order the announced accesses alike, and leaving out a call that would do
 * nothing equals one that is answered at once.
 *
 * When the caller is alone, the calls are made directly.
 *
 * Context: on a CPU with interrupts on; switches.
 * Finding: deadlock, when a CPU never answers; ipi_with_irqs_off, and what else lockdep.h says.
 */
void smp_call_function_many_at(const struct baton_point *here, uint32_t mask, smp_cond_func_t cond,
			       smp_call_func_t func, const void *info);

#define smp_call_function_many(mask, cond, func, info) \
	smp_call_function_many_at(BATON_HERE("smp_call_function_many()"), mask, cond, func, info)

/**
 * smp_interrupts() - let a device interrupt a CPU.
 * @cpu: 0.. nr_cpus - 1
 * @times: how often, at any moment at which its interrupts are on; 0..255
 * @handler: runs in the interrupt context, with interrupts off; must not sleep
 * @arg: passed to it
 *
 * What has not come when all CPUs have ended comes then. Context: before CPUs run.
 */
void smp_interrupts(int cpu, unsigned int times, void (*handler)(void *arg), void *arg);

/**
 * smp_irq() - what the interrupt context of a CPU runs: answers calls, and interrupts, for ever.
 * @cpu_index: index of the interrupted CPU, cast to a pointer
 */
void smp_irq(void *cpu_index);

BATON_END

#endif
