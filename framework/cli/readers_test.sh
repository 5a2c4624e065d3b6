#!/bin/sh
# SPDX-License-Identifier: MIT
# Do the readers of formats_test.sh refuse what is wrong? Documents are made, and each is spoiled in
# many ways, one at a time.
# Usage: readers_test.sh COMMAND FOLDER-TO-WORK-IN
set -eu

here=$(cd "$(dirname "$0")" && pwd)
readers=$here/readers
baton=$1
out=$2
count=0
failed=0

rm -rf "$out"
mkdir -p "$out"
out=$(cd "$out" && pwd)
cd "$here/testdata"
"$baton" run lost.scn unexpected.scn matrix.scn --output "ktap:$out/ktap" >"$out/said" ||
	[ $? -eq 1 ]
for format in perfetto ftrace; do
	"$baton" export a1b2a1 --scenario lost.scn --variant v1.0 --to "$format:$out/$format"
done

# read FORMAT FILE
read_it() {
	case $1 in
	ktap) python3 "$readers/ktap.py" "$2" ;;
	*) python3 "$readers/$1.py" "$2" 4 ;;
	esac >"$out/said" 2>&1
}

# judge FORMAT WHAT: is the spoiled document another one, and refused?
judge() {
	count=$((count + 1))
	if cmp -s "$out/$1" "$out/spoiled"; then
		echo "FAIL: $1: nothing is spoiled by: $2"
		failed=1
	elif read_it "$1" "$out/spoiled"; then
		echo "FAIL: $1: it is read all the same: $2"
		failed=1
	fi
}

# spoil FORMAT SED-COMMAND: a document of lines.
spoil() {
	sed "$2" "$out/$1" >"$out/spoiled"
	judge "$1" "$2"
}

# spoil_events STATEMENT: in Python, of the list e of a perfetto trace.
spoil_events() {
	python3 - "$out/perfetto" "$out/spoiled" "$1" <<-'END'
		import json, sys
		trace = json.load(open(sys.argv[1]))
		e = trace["traceEvents"]
		steps = [x for x in e if x["ph"] == "X"]
		of = lambda phase: [x for x in e if x["ph"] == phase]
		exec(sys.argv[3])
		json.dump(trace, open(sys.argv[2], "w"))
	END
	judge perfetto "$1"
}

for format in ktap perfetto ftrace; do
	read_it "$format" "$out/$format" || {
		cat "$out/said"
		echo "FAIL: $format is refused as it is"
		failed=1
	}
done

spoil ktap '1d'
spoil ktap '2d'
spoil ktap '2s/3/4/'
spoil ktap '2s/3/2/'
spoil ktap '/^  1\.\.2/{s/2/3/;:a;n;ba}'
spoil ktap '/^  1\.\.2/{s/2/1/;:a;n;ba}'
spoil ktap '/^  KTAP/{d}'
spoil ktap '/^  # Subtest: lost/d'
spoil ktap 's/^  # Subtest: lost/  # Subtest: found/'
spoil ktap '/^  not ok/d'
spoil ktap '/^not ok/d'
spoil ktap '/^  not ok/p'
spoil ktap '$ p'
spoil ktap '$ d'
spoil ktap 's/^not ok/ok/'
spoil ktap 's/^ok 1/not ok 1/'
spoil ktap 's/^  ok 1/  not ok 1/'
spoil ktap 's/^  not ok/ not ok/'
spoil ktap 's/^  not ok/    not ok/'
spoil ktap 's/^  not ok/\tnot ok/'
spoil ktap 's/^not ok/  not ok/'
spoil ktap 's/^  ok 2/  ok 3/'
spoil ktap 's/^  ok 1/  ok/'
spoil ktap 's/^  ok 2 v1.1/& # LATER/'
spoil ktap 's/^  # v1.1/  v1.1/'
spoil ktap 's/^  # v1.1/# v1.1/'
spoil ktap 's/^  ok 2 v1.1/  OK 2 v1.1/'

spoil_events 'steps[1]["dur"] = 15'
spoil_events 'steps[1]["dur"] = 0'
spoil_events 'del steps[1]["dur"]'
spoil_events 'del steps[1]["ts"]'
spoil_events 'steps[1]["ts"] = -20'
spoil_events 'steps[1]["ts"] = 20.5'
spoil_events 'steps[1]["ts"], steps[2]["ts"] = steps[2]["ts"], steps[1]["ts"]'
spoil_events 'steps[1]["args"]["step"] = 3'
spoil_events 'steps[3]["args"]["step"] = 5'
spoil_events 'del steps[1]["args"]["step"]'
spoil_events 'e.remove(steps[1])'
spoil_events 'steps[1]["tid"] = 0'
spoil_events 'steps[1]["tid"] = 3'
spoil_events 'steps[1]["pid"] = 2'
spoil_events 'e.remove(of("B")[0])'
spoil_events 'e.remove(of("E")[0])'
spoil_events 'e.append(of("E")[0])'
spoil_events 'of("B")[0]["ts"], of("E")[0]["ts"] = of("E")[0]["ts"], of("B")[0]["ts"]'
spoil_events 'of("E")[0]["ts"] = steps[0]["ts"]'
spoil_events 'of("E")[0]["ts"] = steps[3]["ts"] + 5'
spoil_events 'of("B")[0]["ts"] = steps[0]["ts"] + 5'
spoil_events 'of("B")[0]["name"] = ""'
spoil_events 'e.remove(of("s")[0])'
spoil_events 'e.remove(of("f")[0])'
spoil_events 'of("f")[0]["id"] = 77'
spoil_events 'del of("f")[0]["bp"]'
spoil_events 'of("s")[0]["ts"] = 1000'
spoil_events 'of("f")[0]["ts"] = steps[0]["ts"]'
spoil_events 'of("C")[0]["args"] = {}'
spoil_events 'of("C")[0]["args"]["value"] = "1"'
spoil_events 'of("M")[0]["args"]["name"] = ""'
spoil_events 'e.remove(of("M")[1])'
spoil_events 'e[5]["ph"] = "Q"'

spoil ftrace '1d'
spoil ftrace 's/0\.000029/0.000020/'
spoil ftrace 's/0\.000029/0.00003/'
spoil ftrace '0,/E|1/{/E|1/d}'
spoil ftrace '0,/B|2/{/B|2/d}'
spoil ftrace '/B|2|toy.read/p'
spoil ftrace '/E|2/p'
spoil ftrace '0,/sched_switch/{/sched_switch/d}'
spoil ftrace '$ d'
spoil ftrace '$ p'
spoil ftrace '/next_pid=2/d'
spoil ftrace 's/prev_pid=2 /prev_pid=1 /'
spoil ftrace 's/next_pid=2 /next_pid=1 /'
spoil ftrace 's/E|2$/E|1/'
spoil ftrace 's/B|2|/B|2/'
spoil ftrace 's/b-2     \[001\]/b-2     [000]/'
spoil ftrace 's/ b-2 / b-3 /'
spoil ftrace 's/ b-2 / a-2 /'
spoil ftrace 's/next_comm=b/next_comm=a/'
spoil ftrace 's/tracing_mark_write/print_it/'
spoil ftrace '/toy.write/{N;d}'
spoil ftrace 's/ ==> / /'

echo "$count spoiled documents"
[ "$count" -ge 80 ]
[ "$failed" -eq 0 ]
