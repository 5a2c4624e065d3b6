/* SPDX-License-Identifier: MIT */
/*
 * models.c - the models that build/baton knows.
 */
#include "cli/cli.h"
#include "mm/model.h"

const struct model *const cli_models[] = { &mm_model, NULL };
