/* SPDX-License-Identifier: MIT */
#include "reports/report.h"

void report_release(struct report *report)
{
	if (report->release)
		report->release(report);
	text_release(&report->out);
}
