/* SPDX-License-Identifier: MIT */
/*
 * model.h - what a model of some code tells the scenario language about itself.
 *
 * A model is data: tables of operations, observables, oracles, rules, patches,
 * versions and fault points. The scenario layer knows no model; it takes every
 * name that a scenario may use from these tables. All tables end with an entry
 * whose name is NULL.
 *
 * All values are long; the types exist to refuse nonsense before anything runs.
 * 0 is the null value of every type: no page, no process, false.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_MODEL_H
#define ENGINE_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "baton/program.h"

enum model_type {
	MODEL_VOID,
	MODEL_INT,
	MODEL_FLAG,    /* parameter only: given by its bare name, 0 or 1 */
	MODEL_ADDRESS, /* of user memory; address + int is an address */
	MODEL_PAGE,    /* a page held by a reference or pin */
	MODEL_PROCESS, /* an mm */
	MODEL_FILE,
};

#define MODEL_PARAMS_MAX 6

struct model_param {
	const char *name; /* NULL ends the list */
	enum model_type type;
	bool optional; /* may be left out; given by position or as name = value */
	long missing;  /* value when left out */
};

/* Where an operation may be used. */
enum model_place {
	MODEL_IN_SETUP = 1,
	MODEL_ON_CPU = 2, /* also in finally */
};

struct model_call {
	const long *args; /* one per parameter */
	long process;     /* of "cpu NAME in P"; 0 if the CPU is in none */
};

struct model_op {
	const char *name;
	const char *help;    /* one line */
	unsigned int places; /* enum model_place, or-ed */
	bool needs_process;  /* only on a CPU that is "in" a process */
	enum model_type result;
	struct model_param params[MODEL_PARAMS_MAX];
	long (*run)(const struct model_call *call); /* on a CPU; may switch */
};

/* A pure function of the state. Must not reach a point. */
struct model_observable {
	const char *name;
	const char *help;
	enum model_type result;
	struct model_param params[MODEL_PARAMS_MAX];
	long (*get)(const long *args);
	const char
		*watch; /* heading ("ref") if reports show it for every address of setup; or NULL */
};

struct model_constant {
	const char *name; /* "FOLL_WRITE" */
	long value;
};

/* What must always hold, checked after every step; a scenario names it as a predicate. */
struct model_oracle {
	const char *name; /* what it is when violated: "pin_lost" */
	const char *id;   /* "O6" */
	const char *help;
	/* Violated? Then says how, at most @size bytes. Must not change what the model does. */
	bool (*violated)(char *why, size_t size);
	/* What the model does afterwards means nothing: the execution ends there, also where
	 * a scenario expects the violation. */
	bool fatal;
	/* Something was done in vain, and nothing is lost: not judged where a fault may hinder. */
	bool waste;
};

#define MODEL_RULES_MAX 128

/* One place where history changed the code: exactly one value is in force. */
struct model_rule {
	const char *name; /* "reuse" */
	const char *help;
	const char *const *values;   /* ends with NULL; values[0] is the oldest and the default */
	const char *const *meanings; /* one line for each of them; or NULL */
};

struct model_setting {
	const char *rule;
	const char *value;
};

#define MODEL_SETTINGS_MAX 6

/* How the id, date, author and source of a patch are known. */
enum model_known {
	MODEL_FROM_MEMORY, /* nobody has looked them up */
	MODEL_DATE_FROM_MEMORY,
	MODEL_LOOKED_UP,
	MODEL_MADE_UP, /* not history: a patch of the model alone, without date and author */
};

struct model_patch {
	const char *id;   /* "kosaki-0419", "09854ba94c6a"; NULL ends the table */
	const char *date; /* "2009-04-19": when it was written, as git log and lists say */
	const char *author;
	const char *source; /* release and title of the commit, or message on a list */
	enum model_known known;
	const char *what;  /* one line: what it changes */
	const char *since; /* "v5.11": versions from there on have it. NULL: it was never merged */
	const char *needs; /* id of a patch that must be in force, or NULL */
	struct model_setting settings[MODEL_SETTINGS_MAX]; /* ends with rule NULL */
};

#define MODEL_PATCHES_MAX 16

/*
 * A named set of patches, applied in this order to the default of every rule: those of
 * the version that it starts from; those that were merged up to it (a name like "v5.19"
 * is a release), in the order of the table; and its own.
 */
struct model_version {
	const char *name; /* "v5.19", "kosaki-0419" */
	const char *help;
	const char *base;                       /* name of another version, or NULL */
	const char *patches[MODEL_PATCHES_MAX]; /* ids; ends with NULL */
};

/* What may be seen of a fault, if the code under test is right. */
enum model_fault_effect {
	MODEL_FAULT_ABSORBED, /* nothing: all ends as it would have without it */
	/* What was tried is not done, and nobody is told: reclaim keeps a page. No more. */
	MODEL_FAULT_MAY_HINDER,
	MODEL_FAULT_MAY_SHOW, /* who asked for something is told that it failed; no more */
};

struct model_fault {
	const char *name; /* "mm/alloc_page" */
	/* The errno that Linux sees there: "ENOMEM", or "EIO|ENOSPC", the first of which it is if
	 * nobody says; NULL: none, a mere choice. */
	const char *error;
	enum model_fault_effect effect;
	const char *help;
	const char *in_linux; /* one line: where it comes from there, and what it does then */
};

/* "must be absorbed", "may hinder" or "may show". */
const char *model_fault_effect_name(enum model_fault_effect effect);

/* The row of this name; NULL if @faults, which may be NULL, has none. */
const struct model_fault *model_fault_find(const struct model_fault *faults, const char *name);

/* The errno that @fault fails with if nobody says; 0 for a mere choice. */
int model_fault_errno(const struct model_fault *fault);

/* Append "EIO or ENOSPC", or "choice". */
void model_fault_add_errors(const struct model_fault *fault, struct text *text);

/* May @fault fail with errno @error? */
bool model_fault_fails_with(const struct model_fault *fault, int error);

/* How reports show the objects of one kind. */
struct model_show {
	const char *kind; /* "page" */
	const char *help; /* one line */
	/* Each of them with baton_show_object() and baton_show_field(): see program.h. */
	void (*show)(struct baton_shown *shown, const char *kind);
};

#define MODEL_REGIONS_MAX 64

struct model {
	const char *name;    /* "mm" */
	const char *release; /* changes when an old schedule may no longer replay: "1" */
	const struct model_op *ops;
	const struct model_observable *observables;
	const struct model_constant *constants;
	const struct model_oracle *oracles;
	/* Of which oracles may the answer differ from that before the last call of this? Bit i
	 * is the i-th; the others are not asked. NULL: of all. There are 64 at most. */
	uint64_t (*news)(void);
	const struct model_rule *rules;
	const struct model_patch *patches;
	const struct model_version *versions;
	const struct model_fault *faults;
	const struct model_show *shows; /* what reports show of the state; may be NULL */
	/* All state of the model: saved after setup and put back before every execution. */
	void *state;
	size_t state_bytes;
	/* The part of it that CPUs share, and change in announced steps only: see program.h.
	 * @regions: room for MODEL_REGIONS_MAX. Return: how many. NULL: nothing is watched. */
	unsigned int (*regions)(struct baton_region *regions);
	/* Start over with an empty world, @cpu_count CPUs (and one more, with index
	 * @cpu_count, that runs setup and finally), and rules[i] the index of the value in
	 * force of the i-th rule. */
	void (*reset)(unsigned int cpu_count, const unsigned int *rules);
	/* A CPU begins (or goes on) to run code of @process, 0 for none. */
	void (*enter)(int cpu, long process);
	/* An operation is over, and its CPU goes on in user mode. May be NULL. */
	void (*op_done)(void);
	/* All CPUs have ended; finally comes next. For oracles that look at what must be over
	 * by then. Must not reach a point. May be NULL. */
	void (*idle)(void);
	/* The interrupt contexts: one for each of the @cpu_count CPUs runs this, for ever,
	 * with the CPU's index cast to a pointer as argument; baton_cpu() is that index
	 * there. NULL if the model has no interrupts. */
	void (*irq)(void *cpu_index);
	/* Let @cpu be interrupted @times (up to 255) besides, at any moment, and run @handler in
	 * that context then. Called after reset(). NULL, if irq is. */
	void (*interrupts)(int cpu, unsigned int times, void (*handler)(void *arg), void *arg);
};

#define MODEL_VERSION_PATCHES_MAX 128

/* The patches of a version, as they are applied. */
struct model_patch_list {
	size_t count;
	const struct model_patch *items[MODEL_VERSION_PATCHES_MAX];
};

/*
 * Append the patches of @version. A patch or version that it names and that @model does
 * not have is a bug of the model (BUG).
 */
void model_version_patches(const struct model *model, const struct model_version *version,
			   struct model_patch_list *list);

#endif
