/* SPDX-License-Identifier: MIT */
/*
 * lock.c - spinlocks, lock bits, and read-write semaphores.
 *
 * A CPU that cannot have a lock does not spin: the scheduler does not pick it
 * before the lock is free, and names the owner if nobody can go on.
 *
 * A lock that is left out (mutable.h) keeps nobody out and waits for nobody. Who left
 * it out is a pretender until it unlocks: to lockdep, and to whoever asks whether the
 * lock is held, it looks like a holder, so that what is noticed is a race.
 *
 * Layer: kernel. May include: engine.
 */
#include "kernel/lockdep.h"

/* 0 stands for "nobody", so that zeroed memory is a free lock. */
static int self(void)
{
	return baton_cpu() + 2;
}

/* Bit of this CPU in pretenders. */
static uint32_t pretender(void)
{
	return (uint32_t)1 << ((unsigned int)(baton_cpu() + 1) & 31);
}

/* Is the lock at @here left out? Then this CPU is a pretender. */
static bool pretend(const struct baton_point *here, uint32_t *pretenders,
		    const struct lockdep_map *dep_map, unsigned int subclass)
{
	if (!BATON_LEFT_OUT(here))
		return false;
	baton_access(here, pretenders, BATON_LOCAL);
	*pretenders |= pretender();
	lockdep_holds(here, dep_map, subclass);
	return true;
}

/* Is this CPU a pretender? Not any more. */
static bool stops_pretending(const struct baton_point *here, uint32_t *pretenders,
			     const struct lockdep_map *dep_map)
{
	if (!(*pretenders & pretender()))
		return false;
	*pretenders &= ~pretender();
	return lockdep_gives_up(here, dep_map, true);
}

/* Has this CPU left the lock out? Then it gives up nothing. */
static bool gives_up_nothing(const struct baton_point *here, uint32_t *pretenders,
			     const struct lockdep_map *dep_map)
{
	if (*pretenders & pretender())
		baton_access(here, pretenders, BATON_LOCAL);
	return stops_pretending(here, pretenders, dep_map);
}

static bool spin_ready(const void *object)
{
	const spinlock_t *lock = object;

	return lock->owner == 0;
}

static int spin_holder(const void *object)
{
	const spinlock_t *lock = object;

	return lock->owner >= 2 ? lock->owner - 2 : -1;
}

static const char *spin_name(const void *object)
{
	const spinlock_t *lock = object;

	return lock->dep_map.name;
}

static const struct baton_wait spin_wait = { spin_ready, spin_holder, spin_name };

void spin_lock_init(spinlock_t *lock, const char *name)
{
	lock->owner = 0;
	lock->pretenders = 0;
	lock->dep_map = (struct lockdep_map){ name, NULL };
}

bool spin_is_locked(const spinlock_t *lock)
{
	return lock->owner || lock->pretenders;
}

void spin_lock_nested_at(const struct baton_point *here, spinlock_t *lock, unsigned int subclass)
{
	if (pretend(here, &lock->pretenders, &lock->dep_map, subclass))
		return;
	lockdep_waits(here, &lock->dep_map, subclass);
	baton_block(here, lock, BATON_LOCK, &spin_wait);
	BATON_ASSERT(lock->owner == 0);
	lock->owner = self();
	lockdep_holds(here, &lock->dep_map, subclass);
}

void spin_lock_at(const struct baton_point *here, spinlock_t *lock)
{
	spin_lock_nested_at(here, lock, 0);
}

bool spin_trylock_at(const struct baton_point *here, spinlock_t *lock)
{
	if (pretend(here, &lock->pretenders, &lock->dep_map, 0))
		return true;
	baton_access(here, lock, BATON_RMW);
	if (lock->owner)
		return false;
	lock->owner = self();
	lockdep_holds(here, &lock->dep_map, 0);
	return true;
}

void spin_unlock_at(const struct baton_point *here, spinlock_t *lock)
{
	if (gives_up_nothing(here, &lock->pretenders, &lock->dep_map))
		return;
	baton_access(here, lock, BATON_UNLOCK);
	if (lockdep_gives_up(here, &lock->dep_map, lock->owner == self()))
		lock->owner = 0;
}

void bit_lock_init(struct bit_lock *lock, const char *name)
{
	spin_lock_init(&lock->bit, name);
	lock->bit.dep_map.lock_class = &lockdep_sleeping_class;
}

bool bit_is_locked(const struct bit_lock *lock)
{
	return spin_is_locked(&lock->bit);
}

void bit_unlock_at(const struct baton_point *here, struct bit_lock *lock)
{
	if (gives_up_nothing(here, &lock->bit.pretenders, &lock->bit.dep_map))
		return;
	baton_access(here, &lock->bit, BATON_UNLOCK);
	bit_unlock_private_at(here, lock);
}

void bit_lock_private_at(const struct baton_point *here, struct bit_lock *lock)
{
	BATON_ASSERT(!lock->bit.owner);
	lock->bit.owner = self();
	lockdep_holds(here, &lock->bit.dep_map, 0);
}

void bit_unlock_private_at(const struct baton_point *here, struct bit_lock *lock)
{
	if (stops_pretending(here, &lock->bit.pretenders, &lock->bit.dep_map))
		return;
	if (lockdep_gives_up(here, &lock->bit.dep_map, lock->bit.owner != 0))
		lock->bit.owner = 0;
}

static bool read_ready(const void *object)
{
	const struct rw_semaphore *sem = object;

	return !sem->writer;
}

static bool write_ready(const void *object)
{
	const struct rw_semaphore *sem = object;

	return !sem->writer && !sem->readers;
}

/* The writer, or the first of the readers. */
static int rwsem_holder(const void *object)
{
	const struct rw_semaphore *sem = object;

	if (sem->writer)
		return sem->writer >= 2 ? sem->writer - 2 : -1;
	return sem->readers ? __builtin_ctzll(sem->readers) - 1 : -1;
}

static const char *rwsem_name(const void *object)
{
	const struct rw_semaphore *sem = object;

	return sem->dep_map.name;
}

static const struct baton_wait read_wait = { read_ready, rwsem_holder, rwsem_name };
static const struct baton_wait write_wait = { write_ready, rwsem_holder, rwsem_name };

/* BATON_CPUS_MAX is 64 with the CPU of setup, so index + 1 fits. */
static uint64_t reader_bit(void)
{
	return (uint64_t)1 << (baton_cpu() + 1);
}

void init_rwsem(struct rw_semaphore *sem, const char *name)
{
	sem->readers = 0;
	sem->writer = 0;
	sem->pretenders = 0;
	sem->dep_map = (struct lockdep_map){ name, &lockdep_sleeping_class };
}

void down_read_at(const struct baton_point *here, struct rw_semaphore *sem)
{
	if (pretend(here, &sem->pretenders, &sem->dep_map, 0))
		return;
	lockdep_waits(here, &sem->dep_map, 0);
	baton_block(here, sem, BATON_LOCK, &read_wait);
	BATON_ASSERT(!sem->writer && !(sem->readers & reader_bit()));
	sem->readers |= reader_bit();
	lockdep_holds(here, &sem->dep_map, 0);
}

void up_read_at(const struct baton_point *here, struct rw_semaphore *sem)
{
	if (gives_up_nothing(here, &sem->pretenders, &sem->dep_map))
		return;
	baton_access(here, sem, BATON_UNLOCK);
	if (lockdep_gives_up(here, &sem->dep_map, sem->readers & reader_bit()))
		sem->readers &= ~reader_bit();
}

void down_write_nested_at(const struct baton_point *here, struct rw_semaphore *sem,
			  unsigned int subclass)
{
	if (pretend(here, &sem->pretenders, &sem->dep_map, subclass))
		return;
	lockdep_waits(here, &sem->dep_map, subclass);
	baton_block(here, sem, BATON_LOCK, &write_wait);
	BATON_ASSERT(!sem->writer && !sem->readers);
	sem->writer = self();
	lockdep_holds(here, &sem->dep_map, subclass);
}

void down_write_at(const struct baton_point *here, struct rw_semaphore *sem)
{
	down_write_nested_at(here, sem, 0);
}

void up_write_at(const struct baton_point *here, struct rw_semaphore *sem)
{
	if (gives_up_nothing(here, &sem->pretenders, &sem->dep_map))
		return;
	baton_access(here, sem, BATON_UNLOCK);
	if (lockdep_gives_up(here, &sem->dep_map, sem->writer == self()))
		sem->writer = 0;
}
