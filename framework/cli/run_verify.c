/* SPDX-License-Identifier: MIT */
#include "cli/run_verify.h"

#include "cli/progress.h"
#include "cli/select.h"
#include "scenario/estimate_variant.h"
#include "scenario/verify_variant.h"

enum code run_verify(const struct run_args *args, const struct run_case *which, struct text *out,
		     struct err *err)
{
	struct text title = TEXT_INIT, line = TEXT_INIT;
	enum code code = CODE_ERROR;
	enum strength strength;
	int status;

	select_title(which, &title);
	progress_show(title.bytes, "", "");
	status = verify_variant(which, &args->options, &strength, &line, err);
	progress_erase();
	if (!status) {
		code = strength <= args->require ? CODE_OK : CODE_INCONCLUSIVE;
		text_addf(out, "%-6s%s  %s\n", code == CODE_OK ? "ok" : "?", title.bytes,
			  line.bytes);
	} else if (err->bug) {
		code = CODE_BUG;
	}
	text_release(&title);
	text_release(&line);
	return code;
}

enum code run_estimate(const struct run_args *args, const struct run_case *which, struct text *out,
		       struct err *err)
{
	struct estimate_report report;
	struct text title = TEXT_INIT;
	enum code code = CODE_OK;
	int status;

	select_title(which, &title);
	progress_show(title.bytes, "", "");
	status = estimate_variant(which, &args->options, &report, err);
	progress_erase();
	if (!status) {
		text_addf(out, "%s  ", title.bytes);
		estimate_report_text(&report, out);
		text_add_char(out, '\n');
	} else {
		code = err->bug ? CODE_BUG : CODE_ERROR;
	}
	text_release(&title);
	return code;
}
