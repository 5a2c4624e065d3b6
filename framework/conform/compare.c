/* SPDX-License-Identifier: MIT */
#include "conform/compare.h"

static struct conform_prediction prediction = CONFORM_PREDICTION_INIT;

/* What was recorded of an operation: SEEN; else EXPECTED, of a set the first, or 0. */
static long recorded(const struct conform_op *op)
{
	if (op->has_seen)
		return op->seen;
	return op->expected_n ? op->expected[0] : 0;
}

static bool within_set(const struct conform_op *op, long answer)
{
	return op->what == CONFORM_PIPE && op->expected_n > 1 && conform_op_expects(op, answer) &&
	       conform_op_expects(op, recorded(op));
}

bool conform_agrees(const struct conform_op *op, long answer)
{
	if (!op->has_seen)
		return conform_op_expects(op, answer);
	return answer == op->seen || within_set(op, answer);
}

/* From what one kernel did, whatever is allowed. */
static bool differs(const struct conform_op *op, long answer)
{
	return op->has_seen && answer != op->seen;
}

void conform_tell(const struct conform_script *script, const char *path, size_t index,
		  struct text *text)
{
	const struct conform_op *op = &script->ops.items[index];

	text_addf(text, "%s:%u: ", path, script->line);
	conform_script_print(script, text);
	text_addf(text, "\n  operation %zu, ", index + 1);
	conform_op_print(op, text);
	if (prediction.answers.items[index] == CONFORM_NO_ANSWER)
		text_addf(text, ": the model cannot go on: %s\n", prediction.finding.bytes);
	else
		text_addf(text, ": predicted %ld, %s %ld\n", prediction.answers.items[index],
			  op->has_seen ? "seen" : "expected", recorded(op));
	text_add(text, "  the model behind it:\n");
	conform_state(script, index, text);
}

size_t conform_difference(const struct conform_script *script, struct conform_counts *counts)
{
	size_t first = script->ops.count;

	conform_predict(script, &prediction);
	counts->scripts++;
	counts->operations += script->ops.count;
	for (size_t i = 0; i < script->ops.count; i++) {
		const struct conform_op *op = &script->ops.items[i];
		long answer = prediction.answers.items[i];

		if (conform_agrees(op, answer) && !(counts->exact && differs(op, answer)))
			counts->within_set += differs(op, answer);
		else if (first == script->ops.count)
			first = i;
	}
	counts->differing += first < script->ops.count;
	return first;
}

bool conform_compare(const struct conform_script *script, const char *path,
		     struct conform_counts *counts, struct text *text)
{
	size_t index = conform_difference(script, counts);

	if (index == script->ops.count)
		return true;
	conform_tell(script, path, index, text);
	return false;
}
