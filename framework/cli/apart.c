/* SPDX-License-Identifier: MIT */
#include "cli/apart.h"

#include "cli/output.h"
#include "cli/progress.h"
#include "injectors/fiu.h"

enum code apart_run(contain_fn work, void *arg, bool bare)
{
	struct text text = TEXT_INIT;
	struct err err = ERR_INIT;
	int code = inject_fiu_init(&err);

	if (!code)
		code = bare ? work(arg, &text, &err) : contain_call(work, arg, &text, &err);
	if (code < 0)
		code = err.bug ? CODE_BUG : CODE_ERROR;
	progress_erase();
	output_text(&text);
	output_err(&err);
	text_release(&text);
	err_release(&err);
	return (enum code)code;
}
