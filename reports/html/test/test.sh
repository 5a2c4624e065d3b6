#!/bin/sh
# SPDX-License-Identifier: MIT
# The HTML report in a browser: pages of real and of hostile executions are made, and page_test.js
# looks at them in headless Chromium. Nothing is skipped: ./bootstrap installs what this needs.
# Usage: test.sh COMMAND TOY-COMMAND LONG-PROGRAM FOLDER-TO-WORK-IN
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
baton=$1
toy=$2
long=$3
out=$4

for tool in chromium node npm; do
	command -v "$tool" >/dev/null || {
		echo "$tool is missing: ./bootstrap install"
		exit 1
	}
done
mkdir -p "$out"
out=$(cd "$out" && pwd)

# The packages are in the build folder, as package-lock.json names them.
cp "$here/package.json" "$here/package-lock.json" "$out"
if ! cmp -s "$out/package-lock.json" "$out/node_modules/.installed"; then
	(cd "$out" && npm ci --no-audit --no-fund)
	cp "$out/package-lock.json" "$out/node_modules/.installed"
fi

cd "$root"
single=scenarios/pin-vs-unmap/D03-single-check-vs-gup-fast.scn
"$baton" export k8d4k14u35d3 --scenario "$single" --variant kosaki-0414 --to "html:$out/race.html"
"$baton" export k8d4k14u35d3 --scenario "$single" --variant kosaki-0414 --to commitlog \
	-o "$out/race.log"
"$baton" run scenarios/selfcheck/deadlock.scn scenarios/selfcheck/use-after-free.scn "$single" \
	--output "html:$out/run.html" >/dev/null

# A scenario whose strings are made to break out of where they stand.
mkdir -p "$out/<b onclick=x>"
hostile="$out/<b onclick=x>/a'\"&.scn"
cat >"$hostile" <<'END'
END
cp framework/cli/testdata/lost.scn "$hostile"
"$toy" run "$hostile" --output "html:$out/hostile.html" >/dev/null || :
"$toy" run framework/cli/testdata/unexpected.scn --output "html:$out/wrong.html" >/dev/null || :

"$long" 10000 >"$out/long.html"
NODE_PATH="$out/node_modules" node "$here/page_test.js" "$out"
