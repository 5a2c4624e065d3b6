#!/bin/sh
# SPDX-License-Identifier: MIT
# "baton conform --live" on stock Debian kernels, each in a virtual machine of its own. apt fetches
# the kernels now; nothing is installed, and nothing needs root.
# Usage: qemu_matrix.sh [OPTION..] BATON FOLDER-TO-WORK-IN [KERNEL..]
#	KERNEL		a package that depends on a kernel's, or such a .deb itself
#			(linux-image-cloud-amd64 linux-image-6.12-cloud-amd64)
#	--random N	random scripts beside the files (1000)
#	--seed S	which ones (1)
#	--file FILE	scripts or half-way states, instead of named-6.1.txt and the stalled-V.txt
#			of scenarios/conform for such a kernel; may be repeated
#	--model V	the version of the model, instead of the nearest one
#	--seconds T	after which a machine is given up (1200)
# It needs qemu-system-x86_64 (Debian's qemu-system-x86), busybox-static, mke2fs (e2fsprogs) and
# apt with its lists: apt-get install --no-install-recommends qemu-system-x86 busybox-static
# Exit: 0 if all kernels that could be fetched answered like the model, 1 if one did not, 2 for a
# wrong call, and 77 if no kernel ran.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
export LC_ALL PATH
random=1000
seed=1
files=
model=
seconds=1200

# What may be a module: the disk, its file system, the swap area with its compression, and FUSE.
modules='virtio_pci virtio_blk crc32c_generic ext4 lzo_rle zram fuse'

fail() {
	echo "$0: $*" >&2
	exit 2
}

skip() {
	echo "SKIP  $*"
}

need() {
	command -v "$1" >/dev/null || {
		skip "all: there is no $1: apt-get install --no-install-recommends $2"
		exit 77
	}
}

check_tools() {
	need qemu-system-x86_64 qemu-system-x86
	need busybox busybox-static
	need mke2fs e2fsprogs
	need apt-get apt
	need dpkg-deb dpkg
	busybox=$(command -v busybox)
	! ldd "$busybox" >/dev/null 2>&1 || {
		skip "all: $busybox is not static: apt-get install busybox-static"
		exit 77
	}
}

# The package of the kernel itself, of which the one given is a name that stays.
kernel_package() {
	apt-cache depends "$1" 2>/dev/null |
		awk '$1 == "Depends:" && $2 ~ /^linux-image-[0-9]/ { print $2; exit }'
}

# fetch NAME: the path of the .deb in $deb, or the reason why not.
fetch() {
	case $1 in
	*.deb)
		deb=$(realpath "$1")
		reason="no such file"
		[ -f "$deb" ]
		return
		;;
	esac
	package=$(kernel_package "$1")
	reason="apt knows no kernel by this name: apt-get update, or another release?"
	[ -n "$package" ] || return 1
	mkdir -p "$work/deb"
	rm -f "$work/deb/$package"_*
	(cd "$work/deb" && apt-get -q -o APT::Sandbox::User="$(id -un)" download "$package") \
		>"$work/apt" 2>&1 || {
		reason="apt cannot fetch $package: $(grep -m 1 '^E:' "$work/apt")"
		return 1
	}
	deb=$(echo "$work/deb/$package"_*.deb)
}

# A module's file is named with - or _, its dependencies with _.
module_file() {
	find "$kernel/lib/modules" -name "$(echo "$1" | sed 's/[-_]/[-_]/g').ko*"
}

# add_module NAME: it, behind what it depends on. Nothing if it is built in: what is
# really missing shows in the machine.
add_module() {
	file=$(module_file "$1")
	[ -n "$file" ] && ! grep -qsx "$1" "$image/modules/list" || return 0
	case $file in
	*.xz) "$busybox" xz -dc "$file" >"$image/modules/$1" ;;
	*.ko) cp "$file" "$image/modules/$1" ;;
	*) fail "$file: how is this compressed?" ;;
	esac
	# shellcheck disable=SC2046 # a list of words
	for needed in $(sed -zn 's/^depends=//p' "$image/modules/$1" | tr ',\0' '  '); do
		add_module "$needed"
	done
	echo "$1" >>"$image/modules/list"
}

# The command with its libraries, at the places where it looks for them.
add_command() {
	cp "$baton" "$image/baton"
	for library in $(ldd "$baton" | grep -o '/[^ ]*'); do
		mkdir -p "$image$(dirname "$library")"
		cp -L "$library" "$image$library"
	done
}

write_init() {
	cat >"$image/init" <<-END
		#!/bin/busybox sh
		b=/bin/busybox
		\$b mount -t proc proc /proc
		\$b mount -t sysfs sysfs /sys
		\$b mount -t devtmpfs devtmpfs /dev
		while read -r module; do
			\$b insmod "/modules/\$module"
		done </modules/list
		\$b mount -t ext4 /dev/vda /disk
		echo
		/baton conform --live --swap zram --folder /disk $arguments
		echo "exit code \$?"
		\$b reboot -f
	END
	chmod +x "$image/init"
}

make_image() {
	rm -rf "$image"
	mkdir -p "$image/bin" "$image/modules" "$image/proc" "$image/sys" "$image/dev" \
		"$image/disk" "$image/scripts"
	cp "$busybox" "$image/bin/busybox"
	: >"$image/modules/list"
	for module in $modules; do
		add_module "$module"
	done
	add_command
	arguments="--seed $seed"
	[ "$random" -eq 0 ] || arguments="$arguments --random $random"
	[ -z "$model" ] || arguments="$arguments --kernel '$model'"
	for file in $files; do
		cp "$file" "$image/scripts"
		arguments="$arguments /scripts/$(basename "$file")"
	done
	write_init
	(cd "$image" && find . | "$busybox" cpio -o -H newc) 2>/dev/null | gzip -1 >"$image.gz"
}

# What the machine writes to its serial line is the result.
boot() {
	rm -f "$work/disk"
	mke2fs -q -t ext4 "$work/disk" 128M >/dev/null
	timeout "$seconds" qemu-system-x86_64 -accel tcg -m 1G -nographic -no-reboot -nodefaults \
		-serial stdio -kernel "$kernel"/boot/vmlinuz-* -initrd "$image.gz" \
		-drive "file=$work/disk,format=raw,if=virtio,cache=unsafe" -append "console=ttyS0 \
		no_timer_check tsc=unstable nokaslr oops=panic panic=-1 loglevel=4" \
		</dev/null >"$work/serial" 2>&1 || echo "qemu ended with $?" >>"$work/serial"
	tr -d '\r' <"$work/serial" >"$work/log"
}

# A machine that lacks something must not pass for one that answered everything.
judge() {
	sed -n '/^Linux [0-9].*, and the model as /,/^exit code /p' "$work/log"
	wanted=$(echo "$files" | wc -w)
	[ "$random" -eq 0 ] || wanted=$((wanted + 1))
	if grep '^SKIP ' "$work/log" | grep -qv 'they were not recorded$'; then
		echo "FAIL  $1: the machine lacks something, see SKIP"
	elif ! grep -q '^exit code ' "$work/log"; then
		tail -n 20 "$work/log"
		echo "FAIL  $1: the machine did not get to the end"
	elif ! grep -qx 'exit code 0' "$work/log" ||
		[ "$(grep -c '^ok  *.* all as \(seen here\|recorded\)' "$work/log")" -ne "$wanted" ]
	then
		echo "FAIL  $1: not like the model"
	else
		echo "ok    $1"
		return 0
	fi
	return 1
}

# The recording of half-way states with which the kernel has its direct I/O and io_uring in common:
# those of 6.5 and 6.10.
default_files() {
	case $(basename "$deb") in
	linux-image-5.*) like=5.10 ;;
	linux-image-6.[0-4].*) like=6.1 ;;
	*) like=6.18 ;;
	esac
	files="$recorded/named-6.1.txt $recorded/stalled-$like.txt"
}

run_kernel() {
	echo "----  $1, $(basename "$deb")"
	kernel=$work/kernel
	image=$work/image
	[ -n "$given" ] || default_files
	rm -rf "$kernel"
	dpkg-deb -x "$deb" "$kernel"
	make_image
	boot
	judge "$1"
}

while [ $# -gt 0 ]; do
	case $1 in
	--random) random=$2 ;;
	--seed) seed=$2 ;;
	--file) files="$files $(realpath "$2")" ;;
	--model) model=$2 ;;
	--seconds) seconds=$2 ;;
	-*) fail "unknown option $1; its first lines say which there are" ;;
	*) break ;;
	esac
	[ $# -ge 2 ] || fail "$1 needs a value"
	shift 2
done
[ $# -ge 2 ] || fail "usage: qemu_matrix.sh [OPTION..] BATON FOLDER-TO-WORK-IN [KERNEL..]"
baton=$(realpath "$1")
mkdir -p "$2"
work=$(cd "$2" && pwd)
shift 2
[ $# -gt 0 ] || set -- linux-image-cloud-amd64 linux-image-6.12-cloud-amd64
given=$files
recorded=$root/scenarios/conform

check_tools
ran=0
status=0
for name in "$@"; do
	if fetch "$name"; then
		ran=$((ran + 1))
		run_kernel "$name" || status=1
	else
		skip "$name: $reason"
	fi
done
[ "$ran" -gt 0 ] || exit 77
exit "$status"
