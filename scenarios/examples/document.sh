#!/bin/sh
# SPDX-License-Identifier: MIT
# document.sh PROGRAM DOCUMENT - each line that PROGRAM prints is in DOCUMENT, as it is.
set -u
program=$1 document=$2

report=$(cd "$(dirname "$program")" && "./$(basename "$program")")
[ -n "$report" ] || { echo "$program prints nothing"; exit 1; }
echo "$report" | while IFS= read -r line; do
	grep -qxF -e "$line" "$document" || { echo "$document does not have: $line"; exit 1; }
done
