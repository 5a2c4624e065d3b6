#!/bin/sh
# SPDX-License-Identifier: MIT
# discover.sh BATON SOURCE WORK - somebody else's project, whose tests are scenario files.
set -u
baton=$1 source=$2 work=$3

fail()
{
	echo "$1"
	echo "${output:-}"
	exit 1
}

expect()
{
	case $output in
	*"$1"*) ;;
	*) fail "no '$1'" ;;
	esac
}

rm -rf "$work"
mkdir -p "$work/races/deep" "$work/other" || exit 1
cp "$source/scenarios/pin-vs-unmap/D08-vmsplice-leak.scn" "$work/races/leak.scn"
cp "$source/scenarios/selfcheck/livelock.scn" "$work/races/deep/" || exit 1
cp "$work/races/leak.scn" "$work/other/one file.scn"
cat > "$work/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.25)
project(outside NONE)
enable_testing()
include($source/cmake/BatonDiscover.cmake)
baton_discover_scenarios(races VARIANTS PREFIX baton/ WORKING_DIRECTORY $source
	LABELS race slow PROPERTIES TIMEOUT 77 PROCESSORS 2)
baton_discover_scenarios("other/one file.scn" ARGUMENTS --variant v5.19)
END

output=$(cmake -S "$work" -B "$work/build" "-DBATON_COMMAND=$baton" 2>&1) || fail "cmake fails"
output=$(cd "$work/build" && ctest -N) || fail "ctest -N fails"
expect "baton/races/leak/v2.6.29"
expect "baton/races/leak/kosaki-0419"
expect "baton/races/leak/v5.19"
expect "baton/races/deep/livelock/"
expect ": other/one file"
before=$(echo "$output" | sed -n 's/Total Tests: //p')

# The labels, the properties and the folder are there, and the tests pass.
output=$(cd "$work/build" && ctest -L race -N) || fail "there is no label"
expect "Total Tests: $((before - 1))"
output=$(cd "$work/build" && ctest --show-only=json-v1) || fail "no JSON"
expect '"value" : 77'
expect "\"value\" : \"$source\""
output=$(cd "$work/build" && LC_ALL=C ctest --no-tests=error 2>&1) || fail "a test fails"
expect "100% tests passed, 0 tests failed out of $before"

# A new file is a test at once; if it has a mistake, one that fails and says which.
echo "scenario broken" > "$work/races/broken.scn"
sed 's/sometimes leak/never leak/' "$work/other/one file.scn" > "$work/races/wrong.scn"
rm "$work/races/leak.scn"
output=$(cd "$work/build" && LC_ALL=C ctest --output-on-failure 2>&1) && fail "a mistake passes"
expect "broken.scn:1:10: error"
expect "baton/races/broken (Failed)"
expect "baton/races/wrong/v2.6.29 (Failed)"
expect "replay: "
expect "2 tests failed out of $((before + 1))"

# Nothing to test is no success.
rm -r "$work/races" && mkdir "$work/races"
output=$(cd "$work/build" && LC_ALL=C ctest -R races 2>&1) && fail "an empty folder passes"
expect "baton/races/* (Failed)"
