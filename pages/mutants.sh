#!/bin/sh
# SPDX-License-Identifier: MIT
# mutants.sh ROOT BATON: run all mutants of the model against the scenarios of ROOT, and write
# docs/mutants.md. That takes minutes; how long each search may, is SECONDS_EACH (30).
set -eu

baton=$2
work=$(mktemp)
trap 'rm -f "$work"' EXIT

cd "$1"
# Those of the model of Linux.
set -- $(find scenarios -mindepth 2 -name '*.scn' ! -path '*/selfcheck/*' -printf '%h\n' |
	LC_ALL=C sort -u)
# 1: some survive; the page says which.
code=0
COLUMNS=100 "$baton" mutate -j "$(nproc)" --seconds "${SECONDS_EACH:-30}" \
	--reasons framework/mm/mutants.txt "$@" >"$work" || code=$?
[ "$code" -le 1 ] || exit "$code"

{
	cat <<-'END'
		# Which calls of the model are missed

		Made by `cmake --build build --target mutants`, which runs `baton mutate`. A mutant
		is the model without one lock, flush, look again, reference or notifier call. It is
		killed by the first variant, of those that expect something never to be seen, that
		shows it. One that survives is a race that no scenario looks for, or a call that
		nothing needs: why it is excused is in
		[mutants.txt](../framework/mm/mutants.txt). One that is not reached needs a
		scenario that reaches it. The last two columns are how many of a kind were killed:
		of all, and of those that nobody excuses.

		```
	END
	sed -n '/^kind /,$p' "$work"
	printf '```\n\n## Each of them\n\n```\n'
	sed '/^$/,$d' "$work"
	echo '```'
} >docs/mutants.md
