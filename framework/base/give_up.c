/* SPDX-License-Identifier: MIT */
#include "base/give_up.h"

#include <stdio.h>
#include <stdlib.h>

static void (*listens)(const char *why);

void give_up_listen(void (*listener)(const char *why))
{
	listens = listener;
}

void give_up(const char *why)
{
	if (listens)
		listens(why);
	else
		fprintf(stderr, "baton: error: %s\n", why);
	_Exit(2);
}
