#!/usr/bin/env bash
# csmith_one.sh SEED FOLDER: makes the program of this seed and builds it for the oracle and for the guest, at a level that
# the seed chooses. Prints "skip SEED why" or "fail SEED why", or leaves FOLDER/SEED.program and FOLDER/SEED.expected.
# No packed structs: csmith takes pointers to their misaligned members. That is not C; the oracle's machine bears it, and
# this one answers with SIGBUS.
set -u
seed=$1 folder=$2
. "$(dirname "${BASH_SOURCE[0]}")/oracle.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
levels=(-O0 -O1 -O2 -Os)
common=("${levels[seed % 4]}" -w -I /usr/include/csmith)

(cd "$work" && csmith --seed "$seed" --float --no-packed-struct -o p.c) >/dev/null 2>&1 || { echo "skip $seed csmith makes no program of it"; exit; }
"${oracle_compiler[@]}" "${common[@]}" -c -o "$work/o.o" "$work/p.c" 2>"$work/log" &&
    oracle_link "$folder/oracle_start.o" "$work/o.o" "$work/oracle" 2>>"$work/log" ||
    { echo "skip $seed the oracle cannot be built: $(head -n 1 "$work/log")"; exit; }
# Some of them run for ever; these are left out.
timeout 3 qemu-riscv32 "$work/oracle" >"$work/said" 2>/dev/null </dev/null || { echo "skip $seed it does not end in time"; exit; }
tail -n 1 "$work/said" >"$folder/$seed.expected"
"$PEACH_TOOLCHAIN" cc -g0 "${common[@]}" -o "$folder/$seed.program" "$work/p.c" >"$work/log" 2>&1 ||
    echo "fail $seed $(grep -m1 error "$work/log" | head -c 200)"
