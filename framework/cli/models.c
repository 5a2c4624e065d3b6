/* SPDX-License-Identifier: MIT */
/*
 * models.c - the models that build/baton knows, and what it can do with one of them only.
 */
#include "cli/cli.h"
#include "mm/model.h"
#include "selfcheck/model.h"

const struct model *const cli_models[] = { &mm_model, &selfcheck_model, NULL };

const struct verb cli_model_verbs[] = {
	{ "conform", "FILE...", "compare the model with what kernels answered", cmd_conform },
	{ .name = NULL },
};
