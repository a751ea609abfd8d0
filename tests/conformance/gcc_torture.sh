#!/usr/bin/env bash
# gcc_torture.sh PROGRAM_FOLDER RESULT_FILE LEVEL...: runs every C program of the folder on the guest at every level, if it
# passes under the oracle: the same program, the same compiler, picolibc, qemu-riscv32. The result file gets a line for
# each: "pass", "fail" or "skip", the name, the level and the reason.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
programs=$1 result=$2
shift 2
: "${PEACH:?}" "${PEACH_TOOLCHAIN:?}"
. "$here/guest.sh"
. "$here/oracle.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

oracle_start "$work/oracle_start.o"
for level in "$@"; do
    find "$programs" -name '*.c' | sort | sed "s|\$| $level $work|"
done | xargs -P "${JOBS:-$(nproc)}" -n 3 bash "$here/gcc_torture_one.sh" >"$work/lines"
cp "$work/lines" "$result"

find "$work" -name '*.-O*' | sort >"$work/files"
run_all "$work/files" 60 >"$work/ran"
while read -r file; do
    base=$(basename "$file")
    status=$(sed -n "s/^$base \([0-9]*\).*/\1/p" "$work/ran" | head -n 1)
    line="${base%.-O*} -O${base##*.-O}"
    case $status in
        0) echo "pass $line" ;;
        "") echo "fail $line does not end" ;;
        *) echo "fail $line status $status" ;;
    esac
done <"$work/files" >>"$result"
