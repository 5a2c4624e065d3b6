#!/bin/sh
# SPDX-License-Identifier: MIT
# Each target of a build with the preset "fuzz" for some time, one after the other. What it
# finds is left in the folder; what reached something new is in it, too, by target.
# Usage: long.sh BUILD CORPUS FOLDER-TO-WORK-IN SECONDS
set -eu

build=$1
corpus=$2
work=$3
seconds=$4
status=0
mkdir -p "$work"
for folder in "$corpus"/*/; do
	target=$(basename "$folder")
	mkdir -p "$work/$target"
	"$build/fuzz_$target" -seed=1 -timeout=20 -max_total_time="$seconds" \
		-print_final_stats=1 -artifact_prefix="$work/$target-" "$work/$target" \
		"$folder" >"$work/$target.log" 2>&1 || status=1
	echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$work/$target.log")" \
		"executions, $(find "$work" -maxdepth 1 -name "$target-*" | wc -l) finds"
done
exit $status
