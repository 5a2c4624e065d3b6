#!/bin/sh
# SPDX-License-Identifier: MIT
# selfcheck.sh BATON FOLDER TIMES: does the schedule that each scenario of FOLDER shows run the

set -eu

baton=$1
processes=$3
times=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Its output, and how it ended. Return: 1 where nothing was found.
replay() {
	code=0
	sh -c "$1 --times $times" >"$2" 2>/dev/null || code=$?
	echo "exit code $code" >>"$2"
	[ "$code" -eq 1 ] || [ "$code" -eq 6 ]
}

repeat() {
	replay "$1" "$work/first" || return 1
	count=1
	while [ "$count" -lt "$processes" ]; do
		replay "$1" "$work/again" && cmp -s "$work/first" "$work/again" || return 1
		count=$((count + 1))
	done
}

status=0
shown=0
for scenario in "$2"/*.scn; do
	"$baton" run "$scenario" 2>/dev/null | sed -n 's/^  replay: //p' >"$work/replays"
	while IFS= read -r line; do
		shown=$((shown + 1))
		repeat "$line" && continue
		echo "$scenario: differs, or finds nothing: $line"
		diff "$work/first" "$work/again" || :
		status=1
	done <"$work/replays"
done
echo "$shown schedules, $processes processes, $times times each"
# One for each scenario at least.
[ "$shown" -ge "$(find "$2" -name '*.scn' | wc -l)" ] || exit 1
exit $status
