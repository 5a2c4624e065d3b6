/* SPDX-License-Identifier: MIT */
/*
 * patches.c - the patches that set the rules, and the kernels that they make up.
 *
 * Layer: mm. May include: engine.
 */
#include "mm/rules.h"

/* A release has what was merged up to it: see .since. */
const struct model_patch mm_patches[] = {
#include "mm/tables/patches_invented.inc"
#include "mm/tables/patches_proposed.inc"
#include "mm/tables/patches_v2_v4.inc"
#include "mm/tables/patches_v5_up.inc"
	{ .id = NULL },
};

const struct model_version mm_versions[] = {
#include "mm/tables/versions.inc"
	{ .name = NULL },
};
