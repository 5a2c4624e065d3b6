#!/bin/sh
# SPDX-License-Identifier: MIT
# A long search with checkpoints is killed again and again, at random moments, and resumed: in
# the end it tells what an undisturbed one tells, to the byte, and no checkpoint is ever broken.
# Usage: kill_test.sh COMMAND FOLDER-TO-WORK-IN KILLS [SEED]
set -eu
. "$(dirname "$0")/work.sh"

here=$(cd "$(dirname "$0")" && pwd)
command=$1
work=$2
kills=$3
seed=${4-1}
work_in "$work" "$command"

cp "$here/testdata/long.scn" .
search='--strategy dfs --limit 1500000 long.scn'

fail() {
	echo "$0: $*" >&2
	exit 1
}

code=0
# shellcheck disable=SC2086 # words
baton run $search >expected || code=$?
expected_code=$code

# Run up to the kill, or the end. $hit: was there somebody to kill?
run_and_kill() {
	verb=--checkpoint
	[ ! -e kept ] || verb=--resume
	# shellcheck disable=SC2086
	baton run -j "$jobs" --interval 0 "$verb" kept $search >out 2>err &
	process=$!
	next_random 600 # milliseconds
	sleep "$(printf '0.%03d' $((random + 1)))"
	hit=0
	kill -KILL $process 2>/dev/null && hit=1
	code=0
	wait $process 2>/dev/null || code=$?
	[ $code = 137 ] || [ $code = $expected_code ] ||
		fail "-j $jobs: exit code $code: $(cat err)"
}

for jobs in 1 2; do
	killed=0 finished=0
	rm -f kept
	while [ $killed -lt "$kills" ]; do
		run_and_kill
		if [ $code = 137 ]; then
			killed=$((killed + hit))
		else
			cmp -s expected out || fail "-j $jobs: not the output of one run"
			finished=$((finished + 1))
			rm -f kept
		fi
	done
	verb=--checkpoint
	[ ! -e kept ] || verb=--resume
	# shellcheck disable=SC2086
	baton run -j $jobs $verb kept $search >out || true
	cmp -s expected out || fail "-j $jobs: not the output of one run"
	echo "-j $jobs: $killed kills, $((finished + 1)) searches to their end, all with one output"
done
