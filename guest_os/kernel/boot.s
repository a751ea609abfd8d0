# Where every CPU starts after a reset: kernel mode, interrupts off, paging off, all registers zero.
# RAM begins as zeros, so .bss needs no clearing.

        .equ    PAGE, 4096
        .equ    MEBIBYTE, 0x100000
        .equ    RAM, 0x80000000

        .section .text.boot, "ax"
        .globl  _start
_start:
        # The stack of this CPU's scheduler: page number cpuid of boot_stacks.
        csrr    t0, cpuid
        addi    t1, t0, 1
        slli    t1, t1, 12
        la      sp, boot_stacks
        add     sp, sp, t1
        bnez    t0, other_cpu

        call    find_ram_end
        call    kernel_main             # (ram_end)

other_cpu:
        call    kernel_other_cpu

# uint32_t find_ram_end(void): no register says how much RAM there is. So read the last word of every mebibyte until
# a bus error says that nothing answers; the trap vector meanwhile points at the way out.
find_ram_end:
        la      t0, 1f
        csrw    tvec, t0
        li      a0, RAM
        li      t1, MEBIBYTE
0:      add     a0, a0, t1
        lw      t0, -4(a0)
        j       0b
1:      sub     a0, a0, t1              # the end of the last mebibyte that is there
        ret

        .section .bss
        .balign PAGE
boot_stacks:
        .zero   8 * PAGE                # CPU_MAX stacks
