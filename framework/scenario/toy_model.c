/* SPDX-License-Identifier: MIT */
#include "scenario/toy_model.h"

#include "baton/point.h"

/* Never called: the points only have to be in the program. */
void toy_points(void);
void __attribute__((used)) toy_points(void)
{
	POINT("toy/checked");
	POINT("toy/cleared");
	POINT("fork/read");
}

static const struct model_op ops[] = {
	{ .name = "process", .places = MODEL_IN_SETUP, .result = MODEL_PROCESS },
	{ .name = "page",
	  .places = MODEL_IN_SETUP,
	  .result = MODEL_ADDRESS,
	  .params = { { "mm", MODEL_PROCESS, false, 0 },
		      { "fill", MODEL_INT, true, 7 },
		      { "writable", MODEL_FLAG, true, 0 } } },
	{ .name = "pin",
	  .places = MODEL_ON_CPU,
	  .needs_process = true,
	  .result = MODEL_PAGE,
	  .params = { { "address", MODEL_ADDRESS, false, 0 }, { "flags", MODEL_INT, true, 0 } } },
	{ .name = "unpin", .places = MODEL_ON_CPU, .params = { { "page", MODEL_PAGE, false, 0 } } },
	{ .name = "dma_write",
	  .places = MODEL_ON_CPU,
	  .params = { { "page", MODEL_PAGE, false, 0 }, { "value", MODEL_INT, false, 0 } } },
	{ .name = "load",
	  .places = MODEL_ON_CPU,
	  .needs_process = true,
	  .result = MODEL_INT,
	  .params = { { "address", MODEL_ADDRESS, false, 0 }, { "mm", MODEL_PROCESS, true, 0 } } },
	{ .name = "store",
	  .places = MODEL_IN_SETUP | MODEL_ON_CPU,
	  .needs_process = true,
	  .params = { { "address", MODEL_ADDRESS, false, 0 }, { "value", MODEL_INT, false, 0 } } },
	{ .name = "evict",
	  .places = MODEL_ON_CPU,
	  .params = { { "address", MODEL_ADDRESS, false, 0 } } },
	{ .name = "fork", .places = MODEL_ON_CPU, .needs_process = true, .result = MODEL_PROCESS },
	{ .name = NULL },
};

static long first_arg(const long *args)
{
	return args[0];
}

static long sum_of_args(const long *args)
{
	return args[0] + args[1];
}

static const struct model_observable observables[] = {
	{ .name = "refcount",
	  .result = MODEL_INT,
	  .params = { { "address", MODEL_ADDRESS, false, 0 } },
	  .get = first_arg },
	{ .name = "freed",
	  .result = MODEL_INT,
	  .params = { { "address", MODEL_ADDRESS, false, 0 } },
	  .get = first_arg },
	{ .name = "sum",
	  .result = MODEL_INT,
	  .params = { { "a", MODEL_INT, false, 0 }, { "b", MODEL_INT, true, 40 } },
	  .get = sum_of_args },
	{ .name = NULL },
};

static const struct model_constant constants[] = {
	{ "FOLL_WRITE", 1 },
	{ "FOLL_LONGTERM", 0x100 },
	{ NULL, 0 },
};

static const struct model_oracle oracles[] = {
	{ .name = "pin_lost", .id = "O6" },
	{ .name = "use_after_free", .id = "O4" },
	{ .name = NULL },
};

static const char *const check_values[] = { "none", "single", "double", NULL };
static const char *const flush_values[] = { "ipi", "quiet", NULL };
static const char *const batched_values[] = { "0", "1", NULL };

static const struct model_rule rules[] = {
	{ .name = "check", .values = check_values },
	{ .name = "flush", .values = flush_values },
	{ .name = "batched", .values = batched_values },
	{ .name = NULL },
};

static const struct model_patch patches[] = {
	{ .id = "single-check", .settings = { { "check", "single" } } },
	{ .id = "double-check", .needs = "single-check", .settings = { { "check", "double" } } },
	{ .id = "09854ba94c6a", .settings = { { "flush", "quiet" }, { "batched", "1" } } },
	{ .id = NULL },
};

static const struct model_version versions[] = {
	{ .name = "v1.0", .patches = { NULL } },
	{ .name = "v1.1", .patches = { "single-check" } },
	{ .name = "v1.2-rc1", .patches = { "single-check", "double-check" } },
	{ .name = NULL },
};

static const struct model_fault faults[] = {
	{ .name = "toy/alloc", .error = "ENOMEM|EIO|EAGAIN|ENOTBLK|ERFKILL" },
	{ .name = "toy/slot", .error = "ENOSPC|ENOMEM" },
	{ .name = "toy/pick" },
	{ .name = NULL },
};

static void irq(void *arg)
{
	(void)arg;
}

const struct model toy_model = {
	.name = "toy",
	.release = "1",
	.ops = ops,
	.observables = observables,
	.constants = constants,
	.oracles = oracles,
	.rules = rules,
	.patches = patches,
	.versions = versions,
	.faults = faults,
	.irq = irq,
};

const struct model *const toy_models[] = { &toy_model, NULL };

const char toy_scenario[] =
	"# everything once\n"
	"scenario all-of-it \"a device writes to a page that is being evicted\"\n"
	"ref \"https://example.org/a#b\"; # not the begin of a comment\n"
	"use toy;\n"
	"\n"
	"setup {\n"
	"\tP = process();\n"
	"\tA = page(P, fill = 0x11, writable);\n"
	"}\n"
	"cpu dio in P {\n"
	"\tpin:   pg = pin(A, FOLL_WRITE | FOLL_LONGTERM);\n"
	"\tdma:   dma_write(pg, 0x5a);\n"
	"\tunpin: unpin(pg);\n"
	"}\n"
	"cpu kswapd {\n"
	"\tevict: evict(A + 8);\n"
	"}\n"
	"cpu user in P {\n"
	"\tpeek:  load(A);\n"
	"\ttouch: store(A + 8, -1);\n"
	"\tC = fork();\n"
	"\tc0 = load(A, mm = C);\n"
	"}\n"
	"finally { seen = load(A); }\n"
	"predicate lost     = pg && seen != 0x5a || user:c0 == 3;\n"
	"invariant refs     = !freed(A) || refcount(address = A) >= 1;\n"
	"variants {\n"
	"\tv1.0      \"no check\" never lost;\n"
	"\tv1.1      sometimes lost, never pin_lost, always refs;\n"
	"\tv1.2-rc1 - double-check + 09854ba94c6a + check=none never lost, never deadlock;\n"
	"}\n"
	"order {\n"
	"\tevict before user:touch;\n"
	"\tuser stops at touch until kswapd:toy/cleared@2 passed;\n"
	"\tdio:unpin before kswapd:toy/checked;\n"
	"}\n"
	"permutation \"as told\" {\n"
	"\tkswapd:toy/checked pin # the window\n"
	"\tevict peek touch dma unpin\n"
	"}\n"
	"permutation { dma peek }\n"
	"faults {\n"
	"\tbudget 2;\n"
	"\tfail toy/alloc nth 1..3 errno EAGAIN in user;\n"
	"\tfail toy/slot times 1;\n"
	"}\n"
	"matrix { flush = ipi, quiet; batched = 0, 1; }\n"
	"search { strategy dfs; preemptions 3; limit 100000; steps 500; }\n";
