#!/bin/sh
# SPDX-License-Identifier: MIT
# Many runs of the quick corpus, with one process and with two, by each command given: one
# output. Addresses are random each time. The quick corpus is what explores no more than a few
# executions: which scenarios those are is counted, not timed, by the first command; and all code
# that ends or spoils the process that it is in. Of that, what the C library says of it on stderr,
# with addresses, is not compared.
# Usage: [QUICK=N] determinism_test.sh SCENARIOS FOLDER-TO-WORK-IN RUNS COMMAND...
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

# Executions of a scenario, all variants and cells, that are still quick.
quick=${QUICK-8}
for file in */*.scn; do
	case $file in selfcheck/death*) continue ;; esac
	count=$("$1" run --json --limit 100 "$file" 2>/dev/null |
		grep -oE '"(executions|redundant|pruned)": *[0-9]+' |
		awk -F: '{ sum += $2 } END { print sum + 0 }')
	if [ "$count" -gt 0 ] && [ "$count" -le "$quick" ]; then
		echo "$file"
	fi
done >"$work/quick"
[ "$(wc -l <"$work/quick")" -ge 10 ] || {
	echo "$0: the quick corpus has too few scenarios"
	exit 1
}

ls selfcheck/death*.scn >"$work/deaths"

# What $1 prints with $2 processes.
play() {
	# shellcheck disable=SC2046 # a list of files
	"$1" run -j "$2" $(cat "$work/quick") 2>&1 || echo "exit code $?"
	# shellcheck disable=SC2046
	"$1" run -j "$2" $(cat "$work/deaths") 2>/dev/null || echo "exit code $?"
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
			play "$work/baton" $jobs >"$work/out"
			sum=$(sha256sum <"$work/out" | cut -c1-64)
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
files=$(cat "$work/quick" "$work/deaths" | wc -l)
echo "$n runs of $files scenarios by $# commands, one output: $one"
