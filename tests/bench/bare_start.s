# Starts a C program on the bare machine under the conditions of a real one: paging on, a timer interrupt every 10,000
# cycles. All of RAM (16 MiB) and the devices are mapped to themselves; main's result is the exit status.

        .equ    RAM, 0x80000000
        .equ    RAM_TABLES, 4                   # second-level tables, 4 MiB each
        .equ    DEVICES, 0xF0000000
        .equ    PERIOD, 10000
        .equ    ENTRY_RWX, 0x0F                 # V R W X
        .equ    ENTRY_TABLE, 0x01               # V

        .section .text.start, "ax"
        .globl  _start
_start:
        la      sp, stack_end
        la      t0, on_timer
        csrw    tvec, t0

        # First level: RAM's tables stand one after the other, the devices' table follows.
        la      a0, root_table
        la      a1, second_level
        li      a2, RAM_TABLES
        li      t0, (RAM >> 22) * 4
        add     t0, a0, t0
        ori     t1, a1, ENTRY_TABLE
        li      t2, 4096
1:      sw      t1, 0(t0)
        addi    t0, t0, 4
        add     t1, t1, t2
        addi    a2, a2, -1
        bnez    a2, 1b
        li      t0, (DEVICES >> 22) * 4
        add     t0, a0, t0
        sw      t1, 0(t0)

        # Second level.
        li      a2, RAM_TABLES * 1024
        li      t1, RAM + ENTRY_RWX
2:      sw      t1, 0(a1)
        addi    a1, a1, 4
        add     t1, t1, t2
        addi    a2, a2, -1
        bnez    a2, 2b
        li      a2, 6
        li      t1, DEVICES + ENTRY_RWX
3:      sw      t1, 0(a1)
        addi    a1, a1, 4
        add     t1, t1, t2
        addi    a2, a2, -1
        bnez    a2, 3b

        ori     a0, a0, 1
        csrw    ptbr, a0

        li      t0, 0xF0000000                  # interrupt controller
        li      t1, 1
        sw      t1, 4(t0)
        li      t0, 0xF0001000                  # timer
        li      t1, PERIOD
        sw      t1, 0(t0)
        li      t0, 1
        csrw    status, t0

        call    main
        li      t0, 0xF0005000                  # power
        sw      a0, 0(t0)

        # Every interrupt is the timer's. Two registers suffice.
        .balign 4
on_timer:
        csrw    scratch, t0
        la      t0, saved_t1
        sw      t1, 0(t0)
        li      t0, 0xF0001000
        li      t1, PERIOD
        sw      t1, 0(t0)
        la      t0, ticks
        lw      t1, 0(t0)
        addi    t1, t1, 1
        sw      t1, 0(t0)
        la      t0, saved_t1
        lw      t1, 0(t0)
        csrr    t0, scratch
        eret

        .section .bss
        .balign 4096
root_table:
        .zero   4096
second_level:
        .zero   4096 * 5
stack:
        .zero   65536
stack_end:
saved_t1:
        .zero   4
ticks:
        .zero   4
