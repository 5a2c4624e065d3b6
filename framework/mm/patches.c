/* SPDX-License-Identifier: MIT */
/*
 * patches.c - the patches that set the rules, and the kernels that they make up.
 *
 * Dates, titles and hashes of 09854ba94c6a, feb889fb40fa, 57efa1fe5957, 70e806e4e645,
 * 1493a1913e34, 17839856fd58, 4969c1192d15 and of KOSAKI's mails were looked up; those of
 * the others were not: check them in the kernel's tree before you quote them.
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
