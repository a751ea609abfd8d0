#!/usr/bin/env bash
# gcc_torture_one.sh PROGRAM.c LEVEL FOLDER: builds one program for the oracle and, if it passes there, for the guest.
# Prints "skip NAME LEVEL why" or "fail NAME LEVEL why", or leaves FOLDER/NAME.LEVEL for the guest to run.
set -u
source=$1 level=$2 folder=$3
name=$(basename "$source" .c)
. "$(dirname "${BASH_SOURCE[0]}")/oracle.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

common=(-std=gnu89 -w -fno-strict-aliasing -fwrapv)

"${oracle_compiler[@]}" "$level" "${common[@]}" -c -o "$work/o.o" "$source" 2>"$work/log" ||
    { echo "skip $name $level clang cannot compile it"; exit; }
oracle_link "$folder/oracle_start.o" "$work/o.o" "$work/oracle" 2>"$work/log" ||
    { echo "skip $name $level the oracle cannot link it"; exit; }
timeout 20 qemu-riscv32 "$work/oracle" >/dev/null 2>&1 </dev/null
status=$?
[ $status = 0 ] || { echo "skip $name $level the oracle ends it with status $status"; exit; }

"$PEACH_TOOLCHAIN" cc "$level" -g0 "${common[@]}" -o "$folder/$name.$level" "$source" >"$work/log" 2>&1 ||
    echo "fail $name $level $(grep -m1 -E 'error' "$work/log" | head -c 200)"
