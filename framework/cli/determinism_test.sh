#!/bin/sh
# SPDX-License-Identifier: MIT
# Many runs of the quick corpus, with one process and with two, by each command given: one
# output. Addresses are random each time. The quick corpus is what explores no more than a few
# executions: which scenarios those are is counted, not timed, by the first command; and all code
# that ends or spoils the process that it is in. Of that, what the C library says of it on stderr,
# with addresses, is not compared; and what loops until a watchdog ends it, which takes more
# processor time than all the others, has a part in the first of every ten rounds only.
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
	case $file in selfcheck/death* | selfcheck/endless-loop.scn) continue ;; esac
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

find selfcheck -name 'death*.scn' ! -name death-stuck.scn | sort >"$work/deaths"
printf '%s\n' selfcheck/death-stuck.scn selfcheck/endless-loop.scn >"$work/loops"

# What command number $1 prints with $2 processes of the list $3. The commands are called as one:
# their names are printed.
play() (
	PATH=$work/$1:$PATH
	# shellcheck disable=SC2046 # a list of files
	baton run -j "$2" $(cat "$work/$3") || echo "exit code $?"
)
play_all() {
	play "$1" "$2" quick 2>&1
	play "$1" "$2" deaths 2>/dev/null
	[ $((n % (20 * commands))) -gt 0 ] || play "$1" "$2" loops 2>/dev/null >"$work/$1/loops.$2"
}

# Run $n, $1 with $2 processes, has printed this. It is to be what the first one has printed.
compare() {
	[ -e "$work/first.$3" ] || cp "$work/$1/$3.$2" "$work/first.$3"
	cmp -s "$work/first.$3" "$work/$1/$3.$2" || {
		echo "run $n, -j $2, by command $1: another output"
		diff "$work/first.$3" "$work/$1/$3.$2" | head -n 20
		exit 1
	}
}

commands=0
for command; do
	commands=$((commands + 1))
	mkdir "$work/$commands"
	ln -s "$command" "$work/$commands/baton"
done

# Each command with one process and with two, all at the same time: a round.
n=0
loops=0
while [ $n -lt "$runs" ]; do
	for command in $(seq $commands); do
		for jobs in 1 2; do
			play_all "$command" $jobs >"$work/$command/all.$jobs" &
		done
	done
	wait
	for command in $(seq $commands); do
		for jobs in 1 2; do
			n=$((n + 1))
			compare "$command" $jobs all
			[ ! -e "$work/$command/loops.$jobs" ] || {
				compare "$command" $jobs loops
				rm "$work/$command/loops.$jobs"
				loops=$((loops + 1))
			}
		done
	done
	sum=$(cat "$work/first.all" "$work/first.loops" | sha256sum | cut -c1-64)
	echo "$n runs, $loops of the loops, one output: $sum" >"$work/so-far"
done
files=$(cat "$work/quick" "$work/deaths" "$work/loops" | wc -l)
echo "$files scenarios by $commands commands: $(cat "$work/so-far")"
