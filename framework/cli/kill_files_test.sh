#!/bin/sh
# SPDX-License-Identifier: MIT
# Whoever writes files is killed at random moments, and in front of each call of the C library
# that writes a file: each file is what it was before, or what it is to be, whole.
# Usage: kill_files_test.sh COMMAND FAIL_NTH.so FOLDER-TO-WORK-IN KILLS [SEED]
# KILLS at random moments, of each of the commands below. Some of them come before the file is
# written, some behind: how many is told.
set -eu
. "$(dirname "$0")/work.sh"

command=$1
shim=$2
work=$3
kills=$4
seed=${5-1}
need_preload
work_in "$work" "$command"
mkdir -p before/saved/small/v1.0
export FAIL_REPORT="$work/report" FAIL_KILL=1
points='posix/io/oc/open posix/io/oc/close posix/io/rw/write posix/io/rw/ftruncate
	posix/io/sync/fsync posix/io/dir/rename posix/io/dir/unlink'

small_scenario small >before/small.scn
(cd before && baton run --save . small.scn >/dev/null)
ran="small/v1.0/lost.sched"
echo before >before/made
echo before >"before/saved/$ran"

fail() {
	echo "$0: $*" >&2
	exit 1
}

now_ms() {
	echo $(($(date +%s%N) / 1000000))
}

# Is each file in folder $1 as before, or as in $expected? $new: is it that? (FILE.new may be half.)
look_at() {
	new=0
	for file in small.scn made "$ran" "saved/$ran"; do
		[ -e "$1/$file" ] || fail "$line: $file is gone"
		if ! cmp -s "before/$file" "$1/$file"; then
			cmp -s "expected/$file" "$1/$file" || fail "$line: $1/$file is torn"
			new=1
		fi
	done
}

# Kill what $line starts in folder $1 at some moment of the time that it takes.
run_and_kill() {
	cp -r before "$1"
	cd "$1"
	# shellcheck disable=SC2086 # words
	baton $line >/dev/null 2>&1 &
	process=$!
	cd ..
	next_random 1000
	moment=$((time_ms * random)) # microseconds
	sleep "$((moment / 1000000)).$(printf %06d $((moment % 1000000)))"
	hit=0
	kill -KILL $process 2>/dev/null && hit=1
	code=0
	wait $process 2>/dev/null || code=$?
	[ $code = 137 ] || hit=0
	look_at "$1"
}

# In front of call $3 of $2, in folder $1; with 0 nowhere. The report is empty if there is none.
kill_at_call() {
	rm -f report
	cp -r before "$1"
	# shellcheck disable=SC2086
	(
		cd "$1"
		export FAIL_POINT="$2" FAIL_NTH="$3" FAIL_ERRNO=0
		exec timeout 20 env LD_PRELOAD="$shim:$preload" baton $line
	) >/dev/null 2>&1 </dev/null &
	wait $! 2>/dev/null || true
	look_at "$1"
}

# Each call of each point, as far as there are any; its processes make them together.
kill_at_calls() {
	kill_at_call calls "$points" 0
	sort report >made
	for point in $points; do
		count=$(grep -cxF "$point" made) || continue
		for call in $(seq "$count"); do
			n=$((n + 1))
			kill_at_call $n "$point" "$call"
			[ -s report ] || break
			called=$((called + 1))
		done
	done
}

while read -r line; do
	rm -rf expected calls [0-9]*
	cp -r before expected
	begun=$(now_ms)
	# shellcheck disable=SC2086
	(cd expected && baton $line >/dev/null) || true
	time_ms=$(($(now_ms) - begun))
	! diff -qr before expected >/dev/null || fail "$line writes nothing"
	killed=0 written=0 n=0
	while [ $killed -lt "$kills" ]; do
		n=$((n + 1))
		[ $n -le $((20 * kills + 100)) ] || fail "$line is never caught"
		run_and_kill $n
		killed=$((killed + hit))
		written=$((written + hit * new))
	done
	called=0
	kill_at_calls
	# Its processes may have outlived it, and written.
	for folder in [0-9]*; do
		look_at "$folder"
	done
	[ $called -gt 10 ] || fail "$line: no calls"
	echo "baton $line: $killed random kills, $written with the new file;" \
		"$called at calls; all files whole"
done <<END
explain -o made $ran
shrink -o made $ran
export --to html:made $ran
export --to json:made $ran
run --output html:made small.scn
run --output junit:made --output json small.scn
run --save saved small.scn
END
