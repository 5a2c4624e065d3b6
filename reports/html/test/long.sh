#!/bin/sh
# SPDX-License-Identifier: MIT
# A scenario whose CPUs all change one page.
# Usage: long.sh TIMES CPU...
times=$1
shift
printf '# SPDX-License-Identifier: MIT\nscenario long "%s CPUs at one page"\nuse mm;\n' $#
printf 'setup {\n\tP = process();\n\tA = anon_page(P, fill = 0x11, writable);\n}\n'
for cpu in "$@"; do
	printf 'cpu %s in P {\n' "$cpu"
	for value in $(seq "$times"); do
		printf '\tclear_refs(A);\n\tstore(A + 8, %s);\n' "$value"
	done
	printf '}\n'
done
printf 'finally {\n\tr = load(A);\n}\npredicate over = r != 0x10000;\n'
printf 'variants {\n\tv5.19 sometimes over;\n}\n'
printf 'search {\n\tlivelock 1000000;\n\tstrategy random;\n\tlimit 1;\n}\n'
