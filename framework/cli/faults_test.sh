#!/bin/sh
# SPDX-License-Identifier: MIT
# The command while calls of the C library fail, one by one: the first, the second, ... call of
# each of libfiu's POSIX points, in each of the commands below. Each time, the output is what it
# is without a fault, or there is an error and exit code 2; and every file is as before, or as
# it is to be, or a report that says that there was an error.
# Usage: faults_test.sh COMMAND COMMAND-WITH-MM FAIL_NTH.so SCRIPTS FOLDER-TO-WORK-IN
#	--first|--all [NAME...]
# With --all every call fails once, with --first the 1st, 2nd, 4th, 8th, ...; in all commands, or
# in those that are named: "searches" and "schedules" are the two halves.
set -eu
. "$(dirname "$0")/work.sh"

command=$1
mm_command=$2
shim=$3
scripts=$4
work=$5
calls=$6
shift 6
need_preload
work_in "$work" "$command" "$mm_command"
mkdir before
export FAIL_REPORT="$work/report"
with=
tried=0 absorbed=0 refused=0 failed=0

points='libc/mm/malloc libc/mm/calloc libc/mm/realloc libc/str/strdup libc/str/strndup
	posix/io/oc/open posix/io/oc/close posix/io/rw/read posix/io/rw/read/reduce
	posix/io/rw/write posix/io/rw/write/reduce posix/io/rw/ftruncate posix/io/sync/fsync
	posix/io/dir/rename posix/io/dir/unlink posix/io/dir/opendir posix/io/dir/readdir
	posix/io/dir/closedir posix/io/net/recv posix/io/net/send posix/io/net/poll
	posix/mm/mmap posix/mm/munmap posix/mm/mprotect posix/proc/fork posix/proc/waitpid
	posix/proc/kill posix/proc/sigaction posix/proc/signal posix/stdio/fflush
	posix/stdio/rw/fwrite posix/stdio/rw/fread posix/stdio/oc/fopen posix/stdio/oc/fclose
	posix/stdio/gp/fputs posix/stdio/gp/puts posix/stdio/gp/getline posix/stdio/sp/printf
	posix/stdio/sp/fprintf posix/stdio/error/ferror'

# ---- What is run, in a copy of the folder before/

small_scenario small >before/small.scn
cat >before/taken.scn <<'END'
# SPDX-License-Identifier: MIT
scenario taken "one of two gets nothing"
use toy;
setup { A = counter(); }
cpu a { got = take(A); }
predicate empty = !got;
variants { v1.0 never empty; }
END
echo 'scenario' >before/broken.scn
head -n 2 "$scripts" >before/scripts.txt
(
	cd before
	baton run --save saved small.scn >/dev/null
	baton run --checkpoint kept small.scn >/dev/null
	baton run --strategy dfs --shard 1/2 --checkpoint first small.scn >/dev/null
	baton run --strategy dfs --shard 2/2 --checkpoint second small.scn >/dev/null
)
run() { $with baton run small.scn; }
jobs() { $with baton run -j 2 small.scn; }
json() { $with baton run --json --coverage small.scn; }
first() { $with baton run --first small.scn; }
save() { $with baton run --save new/deep small.scn; }
checkpoint() { $with baton run --checkpoint new small.scn; }
resume() { $with baton run --resume kept small.scn; }
merge() { $with baton merge first second; }
line() { $with baton replay a1b2a1 --scenario small.scn --variant v1.0 -v; }
file() { $with baton replay saved/small/v1.0/lost.sched; }
check() { $with baton check . small.scn; }
list() { $with baton list --json small.scn; }
points() { $with baton points --faults --json; }
conform() { $with baton_mm conform --kernel 6.1 scripts.txt; }
verify() { $with baton run --verify small.scn; }
estimate() { $with baton run --estimate small.scn; }
fail_nth() { $with baton run --fail-nth taken.scn; }
explain() { $with baton explain saved/small/v1.0/lost.sched -o story; }
shrink() { $with baton shrink saved/small/v1.0/lost.sched; }
differ() { $with baton diff a1b2a1 a2b2 --scenario small.scn --variant v1.0; }
variants() { $with baton bisect variants small.scn; }
patches() { $with baton bisect patches small.scn --from v1.0 --to v1.1; }
mutate() { $with baton mutate small.scn; }
output() { $with baton run --output "$1:report" small.scn; }
export_to() { $with baton export --to "$1" -o made saved/small/v1.0/lost.sched; }
searches='run jobs json first save checkpoint resume merge check list points conform verify
	estimate fail_nth variants patches mutate output-text output-json output-jsonl
	output-ktap output-tap output-junit output-html'
schedules='line file explain shrink differ export-text export-json export-commitlog
	export-perfetto export-ftrace export-mermaid export-plantuml export-dot export-html'
commands="$searches $schedules"

# The command of this name.
command_of() {
	case $1 in
	output-*) output "${1#*-}" ;;
	export-*) export_to "${1#*-}" ;;
	*) $1 ;;
	esac
}

# ---- One run, and what becomes of it

# The command $1, without faults or with the $3rd call of $2 failing.
play() {
	rm -rf now report
	cp -r before now
	code=0
	(
		cd now
		[ $# -eq 1 ] || {
			export FAIL_POINT="$2" FAIL_NTH="$3" FAIL_ERRNO="$errno"
			with="timeout 20 env LD_PRELOAD=$shim:$preload"
		}
		command_of "$1"
	) >out 2>err </dev/null || code=$?
}

complain() {
	echo "$1, call $3 of $2, errno $errno: $4 (exit code $code)"
	head -n 3 err
	failed=$((failed + 1))
}

# Of a report, in whichever format: the run met errors, or none.
tells_errors() {
	grep -q '[1-9] errors\{0,1\}\($\|:\|<\)\|"errors": *[1-9]' "$1"
}
tells_no_error() {
	grep -q '^[0-9]* ok, .* inconclusive$\|"errors": *0' "$1"
}

# Files that are gone, or neither as before nor as after a run without faults.
strange_files() {
	! diff -qr now before >/dev/null || return 0
	(cd before && find . -type f) | while read -r name; do
		[ -e "now/$name" ] || echo "$name"
	done
	(cd now && find . -type f ! -name '*.new') | while read -r name; do
		cmp -s "now/$name" "before/$name" || cmp -s "now/$name" "$expected/$name" ||
			echo "$name"
	done
}

judge() {
	tried=$((tried + 1))
	if [ $code = "$(cat "$expected.code")" ] && cmp -s out "$expected.out" &&
		diff -qr "$expected" now >/dev/null; then
		absorbed=$((absorbed + 1))
		return
	fi
	strange=$(strange_files)
	[ "$strange" != ./report ] || ! tells_errors now/report || strange=
	# On its way, a checkpoint is what the run can go on with.
	if [ "$1" = checkpoint ] && [ "$strange" = ./new ]; then
		(cd now && baton run --resume new small.scn) >again 2>&1 || true
		cmp -s again "$expected.out" && strange=
	fi
	if [ -n "$strange" ]; then
		complain "$@" "torn: $strange"
	elif [ $code = 2 ]; then
		refused=$((refused + 1))
		grep -q 'error\|out of memory' err || complain "$@" 'no message'
		! tells_no_error out || grep -q 'cannot write the result' err ||
			complain "$@" 'an error that the report does not tell'
	elif [ $code != 0 ] && [ $code = "$(cat "$expected.code")" ] &&
		grep -q 'cannot write the result' err; then
		# Of a finding and an error, the exit code tells the finding.
		refused=$((refused + 1))
	else
		complain "$@" 'neither the result nor an error'
	fi
}

# Every call of point $2 in $1, as far as there are any. Its processes make $3 together.
fail_each() {
	n=1
	while [ $n -le "$3" ] && play "$1" "$2" $n && [ -s report ]; do
		judge "$1" "$2" $n
		case $calls in
		--first) n=$((n * 2)) ;;
		*) n=$((n + 1)) ;;
		esac
	done
}

case $* in
'') ;;
searches) commands=$searches ;;
schedules) commands=$schedules ;;
*) commands=$* ;;
esac
for name in $commands; do
	expected=$work/expected.$name
	play "$name"
	# One that is refused as it stands would be the same with any failure.
	if [ $code -gt 1 ] && [ "$name" != check ]; then
		echo "$name, without any failure: exit code $code:"
		cat err
		exit 1
	fi
	cp -r now "$expected"
	cp out "$expected.out"
	echo $code >"$expected.code"
	errno=0
	play "$name" "$points" 0
	sort report >calls
	for point in $points; do
		count=$(grep -cxF "$point" calls) || continue
		case $point in
		libc/* | posix/mm/* | posix/proc/fork) errnos=12 ;; # ENOMEM
		*write | *fsync | *fflush) errnos='28 5' ;; # ENOSPC, EIO
		*) errnos=5 ;;
		esac
		for errno in $errnos; do
			fail_each "$name" "$point" "$count"
		done
	done
done
echo "$tried calls failed: $absorbed absorbed, $refused told as errors, $failed wrong"
[ $failed = 0 ] && [ $absorbed -gt 0 ] && [ $refused -gt 100 ]
