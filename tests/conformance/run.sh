#!/usr/bin/env bash
# run.sh PROGRAM_FOLDER RESULT_FILE LEVEL...: runs every C program of the folder on the guest at every level, if it
# passes under the oracle: the same program, the same compiler, picolibc, qemu-riscv32. The result file gets a line for
# each: "pass", "fail" or "skip", the name, the level and the reason.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
programs=$1 result=$2
shift 2
batch=60
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: "${PEACH:?}" "${PEACH_TOOLCHAIN:?}"

clang-19 --target=riscv32 -march=rv32em -mabi=ilp32e -O1 -w -isystem /usr/lib/picolibc/riscv64-unknown-elf/include \
    -c -o "$work/oracle_start.o" "$here/oracle_start.c"
for level in "$@"; do
    find "$programs" -name '*.c' | sort | sed "s|\$| $level $work|"
done | xargs -P "${JOBS:-$(nproc)}" -n 3 bash "$here/one.sh" >"$work/lines"
cat "$work/lines" >"$result"

# run_on_guest FILE...: one boot for all of them; prints "pass NAME LEVEL" and "fail NAME LEVEL status N".
run_on_guest() {
    local arguments=() file
    for file in "$@"; do arguments+=(--add "$file:/t/$(basename "$file")"); done
    timeout 120 "$PEACH" run --max-cycles 2000000000 "${arguments[@]}" -- \
        sh -c 'for p in /t/*; do (ulimit -t 100; exec $p) >/dev/null 2>&1; echo "DONE ${p#/t/} $?"; done' </dev/null 2>/dev/null |
        sed -n 's/^DONE \(.*\)\.\(-O.\) \(.*\)$/\1 \2 \3/p' |
        while read -r name level status; do
            if [ "$status" = 0 ]; then echo "pass $name $level"; else echo "fail $name $level status $status"; fi
        done || true
}
export -f run_on_guest
export PEACH

find "$work" -name '*.-O*' | sort >"$work/files"
split -l "$batch" "$work/files" "$work/batch."
for list in "$work"/batch.*; do echo "$list"; done |
    xargs -P "${JOBS:-$(nproc)}" -I{} bash -c 'run_on_guest $(cat {})' >"$work/ran"
cat "$work/ran" >>"$result"
# What a batch did not come to, because a program before it did not end, runs alone.
while read -r file; do
    base=$(basename "$file")
    name=${base%.-O*} level=-O${base##*.-O}
    grep -q -x -F -e "pass $name $level" "$work/ran" && continue
    grep -q -F -e "fail $name $level " "$work/ran" && continue
    line=$(run_on_guest "$file")
    echo "${line:-fail $name $level does not end}"
done <"$work/files" >>"$result"
