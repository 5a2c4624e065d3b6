#!/bin/sh
# SPDX-License-Identifier: MIT
# The attributes of faults, each in a scenario and on the command line.
#
# Two CPUs, a and b, pass toy/try four times each, and share nothing. So there is one interleaving,
# and an execution is which of the passes fail: where k of them may, all of them, there are 2^k
# executions, and each of these passes fails in half of them; where at most n may, there are
# C(k,0) + ... + C(k,n), and each fails in C(k-1,0) + ... + C(k-1,n-1) of them. The second and the
# fourth pass of a CPU are made by op_again().
#
# Usage: attributes_test.sh COMMAND FOLDER-TO-WORK-IN
set -eu
. "$(dirname "$0")/work.sh"

work_in "$2" "$1"
failed=0 rows=0

cat >begin <<'END'
# SPDX-License-Identifier: MIT
scenario attributes "which passes fail"
use toy;
setup { A = counter(); B = counter(); }
cpu a { a1 = try(A); a2 = again(A); a3 = try(A); a4 = again(A); }
cpu b { b1 = try(B); b2 = again(B); b3 = try(B); b4 = again(B); }
END
never=
for pass in a1 a2 a3 a4 b1 b2 b3 b4; do
	cpu=${pass%?}
	echo "predicate $pass = $cpu:$pass == ENOMEM;"
	echo "predicate ${pass}_full = $cpu:$pass == ENOSPC;"
	never="$never${never:+, }never $pass, never ${pass}_full"
done >predicates
{
	cat begin predicates
	echo "variants { v1.0 $never; }"
} >plain.scn

# What a run shows, as "EXECUTIONS: PASS HOW-OFTEN, ...".
shown() {
	sed -n '1s/.*[ (]\([0-9]*\) executions.*/\1:/p' out
	# What is told first, up to an execution; its lines are broken.
	sed '/^$/q' out | tr -s '\n ' ' ' |
		sed -n 's/\([ab][1-4][_a-z]*\) sometimes (\([0-9]*\) of/\n\1 \2,\n/gp' |
		grep '^[ab].*,$'
}

# expect TITLE RESULT
expect() {
	got=$(shown | tr '\n' ' ' | sed 's/,* *$//')
	[ "$got" = "$2" ] || {
		echo "$1: expected '$2', got '$got'"
		head -n 3 out err
		failed=$((failed + 1))
	}
}

# row BUDGET ATTRIBUTES RESULT: in a faults block, and as an option, where 'nth 2 in a' is
# 'nth=2,in=a'.
row() {
	rows=$((rows + 1))
	{
		cat begin predicates
		echo "faults { budget $1; fail $2; }"
		echo "variants { v1.0 $never; }"
	} >block.scn
	baton run block.scn >out 2>err || :
	expect "fail $2, budget $1" "$3"
	option=$(echo "$2" | sed -e 's/; fail /; /g' \
		-e 's/ \(nth\|space\|interval\|probability\|times\|errno\) /,\1=/g' \
		-e 's/ in function /,in function /g' -e 's/ in \([ab]\)/,in=\1/g' \
		-e 's/\(toy[^ ,;]*\),/\1 /g')
	baton run --faults "$1" --fail "$option" plain.scn >out 2>err || :
	expect "--fail '$option' --faults $1" "$3"
}

# All passes, 2^8.
row 8 'toy/try' \
	'256: a1 128, a2 128, a3 128, a4 128, b1 128, b2 128, b3 128, b4 128'
row 8 'toy/try nth 2' '4: a2 2, b2 2'
row 8 'toy/try nth 2..3' '16: a2 8, a3 8, b2 8, b3 8'
row 8 'toy/try nth 2..3 in a' '4: a2 2, a3 2'
row 8 'toy/try in b' '16: b1 8, b2 8, b3 8, b4 8'
# 1 + 4; 1 + 4 + 6, of which 1 + 3 have a certain one failing.
row 8 'toy/try times 1 in a' '5: a1 1, a2 1, a3 1, a4 1'
row 8 'toy/try times 2 in a' '11: a1 4, a2 4, a3 4, a4 4'
# Of both CPUs together: 1 + 8.
row 8 'toy/try times 1' '9: a1 1, a2 1, a3 1, a4 1, b1 1, b2 1, b3 1, b4 1'
# The budget bounds what fails as times do.
row 1 'toy/try in a' '5: a1 1, a2 1, a3 1, a4 1'
row 2 'toy/try in a' '11: a1 4, a2 4, a3 4, a4 4'
row 8 'toy/try interval 2' '16: a2 8, a4 8, b2 8, b4 8'
row 8 'toy/try interval 3 in a' '2: a3 1'
row 8 'toy/try space 3' '4: a4 2, b4 2'
# Behind the first, the second and third of three are a3 and a4; of these the second.
row 8 'toy/try space 1 nth 2..3 interval 2 in a' '2: a4 1'
row 8 'toy/try in function op_again' '16: a2 8, a4 8, b2 8, b4 8'
# Only passes in the function count.
row 8 'toy/try nth 2 in function op_again in b' '2: b4 1'
row 8 'toy/try errno ENOSPC nth 1 in a' '2: a1_full 1'
row 8 'toy/try errno 28 nth 4 in b' '2: b4_full 1'
row 8 'toy/t* nth 3 in a' '2: a3 1'
row 8 'toy/try probability 100 in a' '16: a1 8, a2 8, a3 8, a4 8'
# Two lines: the first decides, what it leaves is the second's.
row 8 'toy/try errno ENOSPC nth 1 in a; fail toy/try nth 1..2 in a' '4: a1_full 2, a2 2'

# What 'probability' draws nobody can say beforehand; but what it draws of 30 in a hundred is
# among what it draws of 60 under the same seed, and over seeds it is as much as it says.
drawn() {
	baton run --seed "$2" --faults 8 --fail "toy/try probability=$1" plain.scn >out 2>&1 || :
	shown | sed -n 's/^\([ab].\) .*/\1/p'
}

thirty=0 sixty=0
for seed in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	drawn 60 $seed >often
	for pass in $(drawn 30 $seed); do
		thirty=$((thirty + 1))
		grep -q "^$pass$" often || {
			echo "seed $seed: $pass is drawn of 30 in a hundred, and not of 60"
			failed=$((failed + 1))
		}
	done
	sixty=$((sixty + $(wc -l <often)))
done
# Of 160: 48 and 96, with a standard deviation of 6; 4 of these.
if [ $thirty -lt 24 ] || [ $thirty -gt 72 ] || [ $sixty -lt 72 ] || [ $sixty -gt 120 ]; then
	echo "probability: $thirty and $sixty of 160 passes drawn"
	failed=$((failed + 1))
fi

echo "$rows rows, each in two ways, $thirty and $sixty of 160 drawn: $failed wrong"
[ $failed = 0 ]
