#!/bin/sh
# SPDX-License-Identifier: MIT
# cores.sh BATON SCENARIO...: is each failure that the scenarios show explained, and does the
# scenario that the core is saved as show it again? One that cannot be saved must say why.
set -eu

baton=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Return: 0 if the core fails again.
again() {
	"$baton" run -q "$work/core.scn" >"$work/run" 2>&1 && return
	echo "the core does not fail again: $1"
	cat "$work/run" "$work/core.scn"
	return 1
}

explain() {
	code=0
	rm -f "$work/core.scn"
	sh -c "$1 -o $work/core.scn" >"$work/told" 2>&1 || code=$?
	if [ "$code" -ne 0 ]; then
		echo "not explained, exit code $code: $1"
		cat "$work/told"
		return 1
	fi
	if [ -e "$work/core.scn" ]; then
		saved=$((saved + 1))
		again "$1"
	elif grep -q '^  No order ' "$work/told"; then
		without=$((without + 1))
	elif grep -q '^  not saved: ' "$work/told"; then
		unsaved=$((unsaved + 1))
		sed -n "s|^  not saved: |not saved: $1: |p" "$work/told"
	else
		echo "says nothing of a file: $1"
		return 1
	fi
}

status=0
shown=0
saved=0
without=0
unsaved=0
for scenario; do
	"$baton" run "$scenario" 2>/dev/null |
		sed -n 's/^  replay: \([^ ]*\) replay /\1 explain /p' >"$work/commands"
	while IFS= read -r line; do
		shown=$((shown + 1))
		explain "$line" || status=1
	done <"$work/commands"
done
echo "$shown failures, $saved cores fail again, $without have none, $unsaved cannot be saved"
[ "$shown" -gt 0 ] || exit 1
exit $status
