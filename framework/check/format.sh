#!/bin/sh
# SPDX-License-Identifier: MIT
# Is every C file of the tree laid out as .clang-format says?
# Usage: format.sh CLANG-FORMAT ROOT
# Other versions lay out differently: with one of those it is skipped (exit code 77).
set -eu

format=$1
cd "$2"
if ! "$format" --version 2>/dev/null | grep -q 'version 14\.'; then
	echo "format: clang-format 14 is needed" >&2
	exit 77
fi
find . \( -path ./build -o -path ./.git \) -prune -o -name '*.[ch]' -print | LC_ALL=C sort |
	xargs "$format" --dry-run -Werror
