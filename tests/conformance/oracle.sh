# The comparison: a program for rv32em/ilp32e with picolibc under qemu-riscv32. Sourced; PEACH_ORACLE_START is the object
# made by oracle_start.

oracle_library=/usr/lib/picolibc/riscv64-unknown-elf
oracle_compiler=(clang-19 --target=riscv32 -march=rv32em -mabi=ilp32e -fsigned-char -w -isystem "$oracle_library/include")

# oracle_start OBJECT
oracle_start() {
    "${oracle_compiler[@]}" -O1 -c -o "$1" "$(dirname "${BASH_SOURCE[0]}")/oracle_start.c"
}

# oracle_link START OBJECT PROGRAM
oracle_link() {
    local gcc_library
    gcc_library=$(ls -d /usr/lib/gcc/riscv64-unknown-elf/*/rv32em/ilp32e | head -n 1)
    ld.lld-19 -o "$3" "$1" "$2" --start-group "$oracle_library/lib/rv32em/ilp32e/libc.a" "$gcc_library/libgcc.a" --end-group
}
