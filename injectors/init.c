/* SPDX-License-Identifier: MIT */
#include "injectors/fiu.h"

int inject_fiu_init(struct err *err)
{
	const char *trouble = inject_fiu_start();

	return trouble ? err_add(err, "%s", trouble) : 0;
}
