#!/bin/sh
# SPDX-License-Identifier: MIT
# Many runs of the quick corpus, with one process and with two, by each command given: one
# output. Addresses are random each time. The quick corpus is what explores no more than a few
# executions: which scenarios those are is counted, not timed, by the first command. Left out is
# code that spoils the process that it is in: what becomes of that, the C library says.
# Usage: determinism_test.sh SCENARIOS FOLDER-TO-WORK-IN RUNS COMMAND...
set -eu

scenarios=$1
work=$2
runs=$3
shift 3
rm -rf "$work"
mkdir -p "$work"
work=$(cd "$work" && pwd)
cd "$scenarios"
export LC_ALL=C
unset NO_COLOR CLICOLOR_FORCE COLUMNS
[ "$(cat /proc/sys/kernel/randomize_va_space)" != 0 ] || {
	echo "$0: addresses are not random on this machine"
	exit 77
}

# Executions of a scenario, all variants and cells, that are quick.
quick=8
for file in */*.scn; do
	case $file in selfcheck/death*) continue ;; esac
	count=$("$1" run --json --limit 100 "$file" 2>/dev/null |
		grep -oE '"(executions|redundant|pruned)": *[0-9]+' |
		awk -F: '{ sum += $2 } END { print sum + 0 }')
	if [ "$count" -gt 0 ] && [ "$count" -le $quick ]; then
		echo "$file"
	fi
done >"$work/quick"
[ "$(wc -l <"$work/quick")" -ge 10 ] || {
	echo "$0: the quick corpus has too few scenarios"
	exit 1
}

one=
n=0
while [ $n -lt "$runs" ]; do
	for command; do
		for jobs in 1 2; do
			n=$((n + 1))
			echo $n >"$work/run"
			# The commands are called as one: their names are printed.
			ln -sfn "$command" "$work/baton"
			code=0
			# shellcheck disable=SC2046 # a list of files
			"$work/baton" run -j $jobs $(cat "$work/quick") >"$work/out" 2>&1 ||
				code=$?
			sum=$(sha256sum <"$work/out" | cut -c1-64)-$code
			one=${one:-$sum}
			[ -e "$work/first" ] || cp "$work/out" "$work/first"
			[ "$sum" = "$one" ] || {
				echo "run $n, -j $jobs, by $command: another output"
				diff "$work/first" "$work/out" | head -n 20
				exit 1
			}
		done
	done
done
echo "$n runs of $(wc -l <"$work/quick") scenarios by $# commands, one output: $one"
