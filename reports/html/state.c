/* SPDX-License-Identifier: MIT */
/* state.c - what a step changes of the state, in a few words. */
#include "reports/html/html.h"

void html_state_init(struct html_state *state, const struct trace *trace)
{
	*state = (struct html_state){ .trace = trace };
	for (size_t i = 0; i < trace->fields.count; i++)
		vec_push(&state->values, NULL);
}

void html_state_release(struct html_state *state)
{
	vec_release(&state->values);
}

void html_object(const struct trace *trace, unsigned int index, struct text *out)
{
	const struct trace_object *object = &trace->objects.items[index];

	html_text(object->kind, out);
	text_add_char(out, ' ');
	html_text(object->name, out);
}

/* "refcount", the value before, and the one after */
static void put_change(const struct html_state *state, const struct trace_change *change,
		       struct text *out)
{
	const char *before = state->values.items[change->field];

	html_text(state->trace->fields.items[change->field].name, out);
	text_add_char(out, ' ');
	if (before && change->value) {
		text_add(out, "<s>");
		html_text(before, out);
		text_add(out, "</s> ");
	}
	text_add(out, "<b>");
	html_text(change->value ? change->value : "gone", out);
	text_add(out, "</b>");
}

void html_state_tell(const struct html_state *state, const struct trace_event *event,
		     struct text *out)
{
	const struct trace_change *changes = &state->trace->changes.items[event->first_change];
	unsigned int object = 0;

	for (unsigned int i = 0; i < event->change_count; i++) {
		unsigned int ours = state->trace->fields.items[changes[i].field].object;

		/* An object that is gone is not told field by field. */
		if (!changes[i].value && ours == object && !changes[i - 1].value)
			continue;
		if (ours != object) {
			text_add(out, object ? "; <i>" : "<i>");
			html_object(state->trace, ours, out);
			text_add(out, "</i> ");
		} else {
			text_add(out, ", ");
		}
		put_change(state, &changes[i], out);
		object = ours;
	}
}

void html_state_apply(struct html_state *state, const struct trace_event *event)
{
	for (unsigned int i = 0; i < event->change_count; i++) {
		const struct trace_change *change =
			&state->trace->changes.items[event->first_change + i];

		state->values.items[change->field] = change->value;
	}
}
