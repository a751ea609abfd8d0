#!/usr/bin/env bash
# make_seeds.sh WHAT TOOLCHAIN FOLDER: the first inputs of a fuzzer, from which it makes its own. Of save files and disk images
# the fuzzers make sound ones themselves.
set -euo pipefail
what=$1 toolchain=$2 folder=$3
here=$(dirname "${BASH_SOURCE[0]}")
root=$here/../..
mkdir -p "$folder"

compile() {  # OUTPUT OPTIONS...
    clang-19 --target=riscv32 -march=rv32ema -mabi=ilp32e -ffreestanding -S "${@:2}" -o "$1" "$here/seeds/program.c"
}

case $what in
    assembler)
        compile "$folder/plain.s" -O2
        compile "$folder/debug.s" -O0 -g
        compile "$folder/frames.s" -Og -fasynchronous-unwind-tables
        for file in "$root"/guest_os/kernel/*.s "$root"/guest_os/lib/*.s "$root"/tests/assembler/diagnostics/*.s; do
            cp "$file" "$folder/$(basename "$file")"
        done
        ;;
    elf)
        for options in "-O0 -g" "-O1 -g" "-O2 -gdwarf-4 -fasynchronous-unwind-tables" "-Os"; do
            # shellcheck disable=SC2086
            compile "$folder/seed.s" $options
            "$toolchain" as -o "$folder/seed${options//[ =]/}.elf" "$folder/seed.s"
        done
        rm "$folder/seed.s"
        ;;
esac

# Words that the fuzzer may put in: every directive, instruction and pseudo-instruction. Elsewhere they do no harm.
{
    sed -n 's/^ *{"\(\.[a-z0-9_]*\)".*/"\1"/p' "$root/assembler/directive_table.h"
    sed -n 's/^INSTRUCTION([a-z0-9_]*, *"\([a-z0-9_.]*\)".*/"\1"/p; s/^PSEUDO("\([a-z0-9_.]*\)[ "].*/"\1"/p' \
        "$root"/emulator/isa/*instructions.inc
} | sort -u >"$folder.words"
