/* SPDX-License-Identifier: MIT */
/* libfuzzer.c - a target for libFuzzer. */
#include <stdint.h>
#include <stdlib.h>

#include "base/text.h"
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* NOLINTNEXTLINE(readability-identifier-naming) */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct text text = TEXT_INIT;

	/* As long as the input, so that a sanitizer sees who reads behind it. */
	text_add_bytes(&text, (const char *)bytes, length);
	fuzz(text.bytes, length);
	text_release(&text);
	return 0;
}
