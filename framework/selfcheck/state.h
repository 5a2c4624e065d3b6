/* SPDX-License-Identifier: MIT */
/*
 * state.h - what the pieces of code share.
 *
 * Layer: selfcheck, private to it.
 */
#ifndef SELFCHECK_STATE_H
#define SELFCHECK_STATE_H

#include "baton/lockdep.h"
#include "baton/refcount.h"
#include "engine/model.h"

#define SLOTS 2
#define NODES 2
#define BUFFERS 3

/* What is in a buffer that is in use. */
#define OWN_MAIL 1
#define OTHERS_MAIL 2

struct object {
	int value;
	atomic_t used; /* slots */
	int slots[SLOTS];
};

struct node {
	struct node *next;
};

/* What one CPU hands over to another, and whether it has. */
struct gate {
	int ready, filled;
	int *number;
	int (*function)(int);
};

struct account {
	int from, to;
};

struct state {
	bool right; /* the code has no race */
	struct smp smp;
	struct lockdep lockdep;
	spinlock_t lock, first, second;
	struct object *object;
	refcount_t refs;
	int dead;
	struct gate gate;
	int number; /* that the gate hands over */
	struct node nodes[NODES];
	struct node *head;
	struct account account;
	int shares;
	int wants[2]; /* to enter */
	int mail;     /* the buffer that it is in, or -1 */
	int buffers[BUFFERS];
};

extern struct state state;

/* spin_lock() that mutants do not leave out: they are of the code that is modelled. */
#define take(lock) spin_lock_at(BATON_HERE("spin_lock(" #lock ")"), lock)

/* lifetime.c */
long publish(const struct model_call *call);
long look(const struct model_call *call);
long retire(const struct model_call *call);
long discard(const struct model_call *call);
long install(const struct model_call *call);
long append(const struct model_call *call);
long put(const struct model_call *call);
long insert(const struct model_call *call);
long read_mail(const struct model_call *call);
long next_mail(const struct model_call *call);

/* pointers.c */
long hand_over(const struct model_call *call);
long read_number(const struct model_call *call);
long write_number(const struct model_call *call);
long ask_library(const struct model_call *call);
long call_function(const struct model_call *call);
long turn_round(const struct model_call *call);
long count_nodes(const struct model_call *call);
long find_end(const struct model_call *call);

/* arithmetic.c */
long share(const struct model_call *call);
long close_shares(const struct model_call *call);
long transfer(const struct model_call *call);
long audit(const struct model_call *call);
long audit_or_abort(const struct model_call *call);

/* deaths.c */
enum death {
	DEATH_KILL,
	DEATH_EXIT,
	DEATH_EXIT_AT_ONCE,
	DEATH_FORK,
	DEATH_HEAP,
	DEATH_EXPLORER,
	DEATH_STACK,
	DEATH_JUMP,
	DEATH_CLOSE,
	DEATH_MASK,
	DEATH_STUCK,
	DEATH_HANDLER,
	DEATH_TIMER,
	DEATH_MEMORY,
	DEATH_BUG,
};

long remember(const struct model_call *call);
long fall(const struct model_call *call);

/* locking.c */
long lock_both(const struct model_call *call);
long enter_first(const struct model_call *call);
long fill(const struct model_call *call);

#endif
