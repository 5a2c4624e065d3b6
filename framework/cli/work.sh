# SPDX-License-Identifier: MIT
# Sourced by tests of the command: what they share.
# shellcheck shell=sh disable=SC2034 # variables for those who source it

# A new folder $1 to work in, with the command $2 as baton, and $3, if given, as baton_mm.
work_in() {
	rm -rf "$1"
	mkdir -p "$1"
	cd "$1" || exit
	work=$PWD
	ln -s "$2" baton
	[ $# -lt 3 ] || ln -s "$3" baton_mm
	PATH=$work:$PATH
	export PATH LC_ALL=C
	unset NO_COLOR CLICOLOR_FORCE COLUMNS
}

# $preload: libfiu's points in front of the C library. Without it the test is skipped.
need_preload() {
	preload=/usr/lib/fiu/fiu_posix_preload.so
	[ -f $preload ] || {
		echo "$0: no $preload: apt-get install libfiu0"
		exit 77
	}
}

# A scenario named $1. In v1.0, two of its four executions lose an addition; in v1.1 none does.
small_scenario() {
	cat <<-END
		# SPDX-License-Identifier: MIT
		scenario $1 "a lost addition"
		use toy;
		setup { A = counter(); }
		cpu a { add(A); }
		cpu b { add(A); }
		finally { end = load(A); }
		predicate lost = end < 2;
		variants { v1.0 sometimes lost; v1.1 never lost; }
	END
}

# $random: the next of the numbers from 0 to $1 - 1 that $seed begins: a linear congruence.
next_random() {
	seed=$(((seed * 1103515245 + 12345) % 2147483648))
	random=$((seed / 65536 % $1))
}
