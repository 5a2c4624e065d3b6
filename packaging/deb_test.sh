#!/bin/sh
# SPDX-License-Identifier: MIT
# Make the Debian packages, and look at what is in them: unpacked in a folder, or, with
# --clean-system, installed by apt in a system that mmdebstrap makes, where programs are compiled
# and run, and where a scenario is explored.
# Usage: deb_test.sh CPACK BUILD-FOLDER PROJECT FOLDER [--clean-system]
set -eu
export LC_ALL=C

cpack=$1
build=$2
project=$3
folder=$4
clean=${5-}

rm -rf "$folder"
mkdir -p "$folder/made" "$folder/system"
failed=0

fail() {
	echo "FAIL: $*"
	failed=1
}

"$cpack" --config "$build/CPackConfig.cmake" -B "$folder/made" >"$folder/log" 2>&1 || {
	cat "$folder/log"
	exit 1
}
cd "$folder/made"
for package in libbaton0 libbaton-dev baton; do
	deb=$(ls "${package}"_*.deb) || fail "no package $package"
	echo "$deb: $(($(wc -c <"$deb") / 1024)) KiB, needs $(dpkg-deb -f "$deb" Depends)"
	dpkg-deb -x "$deb" "$folder/system"
done

# has PACKAGE FIELD TEXT: the field has the text.
has() {
	dpkg-deb -f "$(ls "$1"_*.deb)" "$2" | grep -qF -- "$3" || fail "$1: no '$3' in $2"
}
has libbaton0 Depends libunwind8
has libbaton0 Depends libdw1
has libbaton-dev Depends 'libbaton0 (= '
has baton Depends libfiu0
dpkg-deb -e libbaton0_*.deb control
grep -q ldconfig control/* || fail "libbaton0 does not have ldconfig run"

# contains PACKAGE PATH: one like that.
contains() {
	dpkg-deb -c "$(ls "$1"_*.deb)" | awk '{ print $6 }' >list
	grep -q -- "^\./usr/$2\$" list || fail "$1 has no $2"
}
contains libbaton0 'lib/.*libbaton\.so\.0'
contains libbaton-dev 'include/baton/explore\.h'
contains libbaton-dev 'lib/.*pkgconfig/baton\.pc'
contains libbaton-dev 'lib/.*cmake/baton/baton-config\.cmake'
contains libbaton-dev 'lib/.*libbaton\.a'
contains libbaton-dev 'share/man/man3/baton-explore\.3'
contains baton bin/baton
contains baton 'share/man/man1/baton\.1'
contains baton 'share/bash-completion/completions/baton'
contains baton 'share/baton/scenarios/pin-vs-unmap/.*\.scn'
dpkg-deb -c libbaton0_*.deb >list
if grep -q -e '\.h$' -e 'bin/' -e '\.a$' list; then
	fail "libbaton0 has more than shared libraries"
fi

unpacked() {
	"$folder/system/usr/bin/baton" --version || fail "the command does not run"
}

# In the system, as a user who has apt and nothing else of ours.
in_system() {
	cat >"$folder/try" <<-'END'
		set -eux
		export DEBIAN_FRONTEND=noninteractive
		cd /made
		apt-get -q -y install --no-install-recommends ./*.deb gcc libc6-dev pkgconf \
			>/dev/null
		cd /outside
		for program in explicit:baton-kernel dropin:baton-dropin tsan:baton-tsan; do
			name=${program%:*}
			module=${program#*:}
			gcc -c -g $(pkg-config --cflags "$module") "$name.c" -o "/tmp/$name.o"
			gcc "/tmp/$name.o" -o "/tmp/$name" $(pkg-config --libs "$module")
			status=0
			"/tmp/$name" || status=$?
			[ "$status" -eq 1 ]
		done
		gcc -g points.c -o /tmp/static $(pkg-config --cflags --libs baton-static)
		/tmp/static | grep 'bank/read, found'
		baton run -q /usr/share/baton/scenarios/pin-vs-unmap/D08-vmsplice-leak.scn
		apt-get -q -y remove libbaton0 >/dev/null
		! /tmp/explicit
		! test -e /usr/include/baton
	END
	mmdebstrap --variant=apt --skip=check/empty --customize-hook="copy-in $folder/made /" \
		--customize-hook="copy-in $project /" --customize-hook="upload $folder/try /try" \
		--customize-hook='chroot "$1" sh /try' bookworm /dev/null ||
		fail "on a clean system"
}

if [ "$clean" = --clean-system ]; then
	command -v mmdebstrap >/dev/null || { echo "mmdebstrap is missing"; exit 77; }
	in_system
else
	unpacked
fi
[ "$failed" -eq 0 ]
