/* SPDX-License-Identifier: MIT */
#include "cli/bisect.h"

enum code bisect_git(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return CODE_ERROR;
}
