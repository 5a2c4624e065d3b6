/* SPDX-License-Identifier: MIT */
#include "engine/finding.h"

#include <string.h>

static void forget(struct finding *finding)
{
	finding->kind = FINDING_NONE;
	finding->name = NULL;
	finding->cpu = -1;
	finding->step = 0;
}

bool finding_is_crash(const struct finding *finding)
{
	return finding->kind == FINDING_CRASH || finding->kind == FINDING_OVERFLOW ||
	       finding->kind == FINDING_LOOP ||
	       (finding->kind == FINDING_RULE && !strcmp(finding->name, "death"));
}

void finding_release(struct finding *finding)
{
	forget(finding);
	text_release(&finding->text);
	text_release(&finding->details);
}

void finding_clear(struct finding *finding)
{
	forget(finding);
	text_clear(&finding->text);
	text_clear(&finding->details);
}
