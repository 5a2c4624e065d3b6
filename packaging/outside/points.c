/* SPDX-License-Identifier: MIT */
/* A program knows its own points, faults and old names without passing them: also where baton is
 * another file. */
#include <baton/sim.h>
#include <stdio.h>

POINT_ALIAS("bank/load", "bank/read");

void never_called(void);
void never_called(void)
{
	POINT("bank/read");
	(void)baton_fault("bank/full");
}

int main(void)
{
	const struct baton_point *fault = baton_fault_next(NULL);

	printf("%s, %s, %s, %s\n", baton_point_next(NULL) ? baton_point_next(NULL)->name : "none",
	       baton_point_find("bank/load") ? "found" : "not found", fault ? fault->name : "none",
	       fault && baton_fault_next(fault) ? "and more" : "no more");
	return 0;
}
