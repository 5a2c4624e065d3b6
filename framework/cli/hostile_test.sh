#!/bin/sh
# SPDX-License-Identifier: MIT
# What users and machines do to files and streams: each time a message that names the file and
# what is wrong with it, and an exit code as documented.
# Usage: hostile_test.sh COMMAND COMMAND-WITH-MM SCRIPTS FOLDER-TO-WORK-IN
set -eu
. "$(dirname "$0")/work.sh"

command=$1
mm_command=$2
scripts=$3
work=$4
chmod -R u+w "$work" 2>/dev/null || true
work_in "$work" "$command" "$mm_command"
head -n 2 "$scripts" >scripts.txt
failed=0

# expect CODE WORDS COMMAND...: its exit code, and words of what it says on stderr.
expect() {
	code=$1
	words=$2
	shift 2
	was=0
	timeout 60 sh -c "$*" >out 2>err </dev/null || was=$?
	if [ "$was" != "$code" ] || { [ -n "$words" ] && ! grep -q -- "$words" err; }; then
		echo "$*: exit code $was, not $code, or without '$words':"
		head -n 3 err
		failed=1
	fi
}

small_scenario good >good.scn
baton run --save saved good.scn >expected
baton run --checkpoint kept good.scn >/dev/null
schedule=saved/good/v1.0/lost.sched
baton run --strategy dfs --shard 1/2 --checkpoint first good.scn >/dev/null
baton run --strategy dfs --shard 2/2 --checkpoint second good.scn >/dev/null
same() {
	cmp -s out expected || {
		echo "$1: another output"
		failed=1
	}
}

# Of what failed: neither a result, nor the file "made".
nothing() {
	[ ! -s out ] && [ ! -e made ] && return
	echo 'something of a result, although it failed:'
	head -n 3 out
	failed=1
}

# ---- Scenarios that are odd, and those that are none

sed 's/$/\r/' good.scn >crlf.scn
expect 0 '' baton run crlf.scn
printf %s "$(cat good.scn)" >no-end.scn
expect 0 '' baton run no-end.scn
printf 'scenario x\0y\nuse toy;\n' >nul.scn
expect 2 'nul.scn:1:11: error: ' baton check nul.scn
: >empty.scn
expect 2 'empty.scn:1:1: error: ' baton check empty.scn
mkdir folder.scn
expect 4 "no scenario (\*.scn) below 'folder.scn'" baton check folder.scn
mkfifo pipe.scn
expect 2 'empty.scn:1:1: error' baton check -q . # does not wait for pipe.scn
expect 0 '' 'cat good.scn | baton run /dev/stdin'
expect 2 'more than 4 MiB: this is no scenario' baton check /dev/zero
expect 2 'more than 4 MiB: this is no scenario' 'baton check - </dev/zero'
expect 2 "cannot read 'none.scn': No such file or directory" baton run none.scn
expect 2 'stdin>: error: cannot be read: Bad file descriptor' 'baton run - <&-'
ln -s loop.scn loop.scn
expect 2 "cannot read 'loop.scn': Too many levels of symbolic links" baton run loop.scn

# ---- Schedules

expect 2 "cannot read 'none.sched': No such file or directory" baton replay none.sched
mkdir folder.sched
expect 2 "cannot read 'folder.sched': Is a directory" baton replay folder.sched
ln -s /dev/zero zero.sched
expect 2 "'zero.sched' is too long to be a schedule" baton replay zero.sched
printf 'schedule 1\n\0\n' >nul.sched
expect 2 'nul.sched:2:1: error: ' baton replay nul.sched
sed 's/$/\r/' $schedule >crlf.sched
expect 1 '' baton replay crlf.sched
head -n 8 $schedule >half.sched
expect 2 'half.sched:[0-9]*:1: error: the file is cut short' baton replay half.sched
: >empty.sched
# What else reads one: nothing is printed or written of half a schedule, or of none.
for verb in explain 'explain --json' shrink 'shrink -o made' "diff $schedule" \
	"explain $schedule --against" 'export --to text' 'export --to html:made'; do
	expect 2 "cannot read 'none.sched': No such file or directory" "baton $verb none.sched"
	nothing
	expect 2 'half.sched:[0-9]*:1: error: the file is cut short' "baton $verb half.sched"
	nothing
	expect 2 'empty.sched:1:1: error: the file is empty' "baton $verb empty.sched"
	nothing
done

# ---- A scenario that went, or is another one now

mv good.scn away
for verb in explain 'shrink -o made' 'export --to html:made' 'export --to text' \
	"diff $schedule" 'bisect variants good.scn #' \
	'bisect patches good.scn --from v1.0 --to v1.1 #'; do
	expect 2 'good.scn: error: cannot be read: No such file' "baton $verb $schedule"
	nothing
done
expect 2 "cannot read 'good.scn': No such file" baton merge first second
expect 2 "cannot read 'good.scn': No such file" baton mutate good.scn
nothing
expect 2 'scripts: error: cannot be read: No such file' baton_mm conform --kernel 6.1 scripts
nothing
expect 2 'good.scn: error: cannot be read: No such file' baton replay $schedule
expect 2 "cannot read 'good.scn': No such file" baton run --resume kept good.scn
sed 's/a lost/the lost/' away >good.scn
expect 1 'recorded with another text of the scenario' baton replay $schedule
expect 2 "begun with another text of 'good.scn'" baton run --resume kept good.scn
expect 2 "the shards were begun with another text of 'good.scn'" baton merge first second
for verb in explain shrink 'export --to text'; do
	expect 0 'warning: recorded with another text of the scenario' "baton $verb $schedule"
done
rm saved/good/v1.0/lost.core.scn saved/good/v1.0/lost.min.sched
mv away good.scn

# ---- Checkpoints

expect 2 "'kept' is there already: --resume kept goes on" baton run --checkpoint kept good.scn
expect 2 "cannot read 'none': No such file" baton run --resume none good.scn
expect 2 "cannot read 'folder.scn': Is a directory" baton run --resume folder.scn good.scn
expect 2 'this is no checkpoint of baton' baton run --resume good.scn good.scn
head -c 200 kept >half
expect 2 'half:[0-9]*:[0-9]*: error: ' baton run --resume half good.scn
printf 'baton-checkpoint 1\n\0' >nul
expect 2 'it is not text' baton run --resume nul good.scn
expect 2 "cannot write '/nowhere/kept': No such file" baton run --checkpoint /nowhere/kept good.scn
expect 2 "'/dev/full' is there already" baton run --checkpoint /dev/full good.scn
expect 2 'error: ' baton merge kept half

# ---- Where nothing can be written

expect 2 'cannot write the result: No space left on device' 'baton run good.scn >/dev/full'
expect 2 'cannot write the result: No space left' 'baton run --json good.scn >/dev/full'
expect 2 'cannot write the result: No space left' 'baton check good.scn >/dev/full'
expect 2 'cannot write the result: No space left' 'baton list --json good.scn >/dev/full'
expect 2 'cannot write the result: No space left' 'baton points >/dev/full'
# What it is about is the worse of the two.
expect 1 'cannot write the result: No space left' "baton replay $schedule >/dev/full"
expect 2 'cannot write the result: No space left' 'baton --help >/dev/full'
expect 2 'cannot write the result: No space left' 'baton run --help >/dev/full'
expect 2 'cannot write the result: Bad file descriptor' 'baton run good.scn >&-'
expect 2 'cannot write the result: Bad file descriptor' \
	'baton run --checkpoint closed good.scn >&-'
expect 0 '' baton run --resume closed good.scn
same closed
expect 0 '' 'baton run good.scn 2>&-'
same 'without stderr'
# Each verb that prints; before '|' what the exit code is where a result cannot be written.
while IFS='|' read -r code line; do
	expect "$code" 'cannot write the result: No space left' "$line >/dev/full"
	expect "$code" 'cannot write the result: Bad file descriptor' "$line >&-"
	expect 141 '' "(sleep 0.2; $line; echo \$? >code) | true; exit \$(cat code)"
	[ ! -s err ] || {
		echo "$line, whose reader has gone:"
		head -n 3 err
		failed=1
	}
done <<END
1|baton replay $schedule
2|baton replay a2b2 --scenario good.scn --variant v1.0 -v
2|baton explain $schedule
2|baton explain --json $schedule
2|baton shrink $schedule
2|baton shrink --json $schedule
1|baton diff a1b2a1 a2b2 --scenario good.scn --variant v1.0
2|baton bisect variants good.scn
2|baton bisect --json patches good.scn --from v1.0 --to v1.1
1|baton mutate good.scn
2|baton merge first second
2|baton run -j 2 --output json good.scn
2|baton run --output html good.scn
2|baton run --output junit good.scn
2|baton export --to text $schedule
2|baton export --to html $schedule
2|baton export --to perfetto $schedule
2|baton_mm conform --kernel 6.1 scripts.txt
END
# The one who reads has gone: a signal ends whoever writes, as usual.
expect 141 '' '(sleep 0.2; baton run -v good.scn; echo $? >code) | true; exit $(cat code)'
expect 2 "cannot make 'good.scn/x': Not a directory" 'baton run --save good.scn/x good.scn'
expect 2 'cannot write the result: File too large' \
	'(trap "" XFSZ; ulimit -f 1; baton run -v good.scn)'

claims() {
	echo "$1: does not say that it is not saved"
	failed=1
}

# What is to be a file and cannot be: it says so, and nothing says that it was saved.
unsaved() {
	expect 2 "cannot write '$1': $2" "baton run --output junit:$1 good.scn"
	expect 2 "cannot write '$1': $2" "baton export --to html:$1 $schedule"
	for verb in explain shrink; do
		expect 2 "cannot write '$1': $2" "baton $verb -o $1 $schedule"
		grep -q '^  not saved:  see the error' out || claims "$verb -o $1"
		expect 2 "cannot write '$1': $2" "baton $verb --json -o $1 $schedule"
		grep -q '"saved": null' out || claims "$verb --json -o $1"
	done
}
unsaved /dev/full 'it is no regular file'
unsaved saved 'Is a directory'

# On the disk nothing more can be written, for the reason $1: what is there stays.
formats='text json jsonl ktap tap junit html commitlog perfetto ftrace mermaid plantuml dot'
full_disk() {
	unsaved disk/text "$1"
	for format in $formats; do
		case $format in
		jsonl | ktap | tap | junit) line="run --output $format:disk/$format good.scn" ;;
		*) line="export --to $format:disk/$format $schedule" ;;
		esac
		expect 2 "cannot write 'disk/$format': $1" "baton $line"
		[ "$(cat "disk/$format")" = before ] || {
			echo "baton $line: what was there before is lost"
			failed=1
		}
	done
}

# Root may write everywhere: then a small disk that is full shows as much.
if [ "$(id -u)" != 0 ]; then
	mkdir locked
	cp kept locked/kept
	chmod 500 locked
	expect 2 "cannot write 'locked/new'.*Permission denied" \
		baton run --checkpoint locked/new good.scn
	expect 2 'Permission denied' baton run --resume locked/kept good.scn
	expect 2 "cannot make 'locked/good': Permission denied" baton run --save locked good.scn
	cmp -s kept locked/kept || failed=1
	unsaved locked/new 'Permission denied'
	touch secret.scn
	chmod 0 secret.scn
	expect 2 'secret.scn: error: cannot be read: Permission denied' baton run secret.scn
	chmod 700 locked
elif mkdir disk && mount -t tmpfs -o size=64k none disk 2>/dev/null; then
	cp kept disk/kept
	cp kept disk/saved.before
	for format in $formats; do
		echo before >"disk/$format"
	done
	cat /dev/zero >disk/filler 2>/dev/null || true
	expect 2 "cannot write 'disk/kept': No space left" baton run --resume disk/kept good.scn
	cmp -s kept disk/kept || {
		echo 'a full disk: the checkpoint is lost'
		failed=1
	}
	expect 2 'No space left on device' baton run --save disk/saved good.scn
	full_disk 'No space left on device'
	[ -z "$(find disk -name '*.new')" ] || failed=1
	mount -o remount,ro disk
	full_disk 'Read-only file system'
	expect 2 'Read-only file system' baton run --checkpoint disk/other good.scn
	expect 2 'Read-only file system' baton run --save disk/other good.scn
	umount disk
fi
exit $failed
