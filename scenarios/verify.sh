#!/bin/sh
# SPDX-License-Identifier: MIT
# verify.sh BATON FOLDER: does the reduced search of each scenario run all traces that the first
# interleavings of dfs show? If not, something is shared and not announced, or the search is wrong.
set -eu

interleavings=100

found=$(mktemp)
trap 'rm -f "$found"' EXIT
"$1" run -q --verify --limit "$interleavings" "$2" >"$found" 2>&1 || status=$?
if [ "${status:-0}" -ne 0 ] && [ "$status" -ne 3 ] && [ "$status" -ne 6 ]; then
	tail -5 "$found" >&2
	exit 1
fi
if grep '^BUG:' "$found" >&2; then
	exit 1
fi
# It did compare.
grep -q 'none missed' "$found"
