#!/bin/sh
# SPDX-License-Identifier: MIT
# The HTML report in a browser: pages of real and of hostile executions are made, and page_test.js
# looks at them in headless Chromium. ./bootstrap install brings what this needs.
# Usage: test.sh COMMAND TOY-COMMAND FOLDER-TO-WORK-IN FOLDER-OF-NODE_MODULES PROGRAM
# PROGRAM: a C program of philosophers who come to a deadlock.
# Ends with 77 if a browser or a package is missing.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
baton=$1
toy=$2
out=$3

node=$4
program=$5

for tool in chromium node; do
	command -v "$tool" >/dev/null || {
		echo "not tested, as $tool is missing: ./bootstrap install"
		exit 77
	}
done
sh "$here/install.sh" --check "$node"
mkdir -p "$out"
out=$(cd "$out" && pwd)

cd "$root"
single=scenarios/pin-vs-unmap/D03-single-check-vs-gup-fast.scn
race() {
	"$baton" export k8d4k14u35d3 --scenario "$single" --variant kosaki-0414 "$@"
}
race --to "html:$out/race.html"
race --to "commitlog:$out/race.log"
"$baton" run scenarios/selfcheck/deadlock.scn scenarios/selfcheck/use-after-free.scn "$single" \
	--output "html:$out/run.html" >/dev/null
"$baton" run scenarios/selfcheck/deadlock.scn --output "html:$out/again.html" >/dev/null
"$baton" run scenarios/selfcheck/deadlock.scn --output "html:$out/same.html" >/dev/null
cmp "$out/again.html" "$out/same.html"
"$toy" run framework/cli/testdata/unexpected.scn --output "html:$out/wrong.html" >/dev/null || :

BATON_OUTPUT="html:$out/program.html" "$program" >/dev/null && exit 1

# Paths and texts that are made to break out of where they stand.
breaks='</script></style><script>window.broken = 1</script><img src=x onerror=alert(1)>'
rm -rf "$out/<b onclick=x>"
mkdir "$out/<b onclick=x>"
hostile="$out/<b onclick=x>/a'&.scn"
sed "s|\"split\"|\"$breaks\"|; s|\"two CPUs.*\"|\"$breaks\"|" framework/cli/testdata/lost.scn \
	>"$hostile"
grep -q onerror "$hostile"
"$toy" run "$hostile" --output "html:$out/hostile.html" >/dev/null
grep -q 'onerror' "$out/hostile.html"
"$toy" export a1b2a1 --scenario "$hostile" --variant v1.0 --to "html:$out/hostile1.html"

# NAME TIMES CPU...: an execution of long.sh.
long() {
	name=$1
	shift
	sh "$here/long.sh" "$@" >"$out/$name.scn"
	rm -rf "$out/saved"
	"$baton" run "$out/$name.scn" --save "$out/saved" >/dev/null || [ $? -eq 3 ]
	"$baton" export "$(find "$out/saved" -name '*.sched')" --limit 20 \
		--to "html:$out/$name.html"
}
long long 100 a b c d e f
long nine 3 kswapd0 kcompactd khugepaged dio user fork ksmd migrate zap
# shellcheck disable=SC2046 # a list of CPUs
long sixteen 2 $(seq -f cpu%g 16)
NODE_PATH="$node/node_modules" node "$here/page_test.js" "$out"
