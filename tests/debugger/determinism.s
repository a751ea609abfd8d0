# The machine's repertoire in one fixed program; what it comes to is pinned in determinism_test.cpp.
#
# Every CPU works in user mode on shared words under one page table. Timer, interprocessor, console, disk and front panel
# interrupts land in between, CPU 0 passes blocks of the disk through memory, and the work rewrites itself through an alias.

        .equ    CONTROLLER, 0xF0000000
        .equ    TIMER, 0xF0001000
        .equ    CONSOLE, 0xF0002000
        .equ    DISK, 0xF0003000
        .equ    PANEL, 0xF0004000
        .equ    POWER, 0xF0005000
        .equ    ALIAS, 0x00400000       # the page `work` once more, writable
        .equ    ROUNDS, 4000
        .equ    BLOCKS, 8

        .equ    KERNEL_PAGE, 0x0F       # V R W X
        .equ    DEVICE_PAGE, 0x07       # V R W
        .equ    USER_CODE, 0x1B         # V R X U
        .equ    USER_DATA, 0x17         # V R W U

        .macro  map page, table, flags  # the RAM page `page`, in the second-level table
        la      t0, \page
        srli    t1, t0, 10
        andi    t1, t1, 0xFFC
        la      t2, \table
        add     t2, t2, t1
        ori     t0, t0, \flags
        sw      t0, (t2)
        .endm

        .macro  table_at address, table # in the root
        la      t0, root
        la      t1, \table
        ori     t1, t1, 1
        sw      t1, (\address >> 22) * 4(t0)
        .endm

        .text
        .globl  _start
_start: csrr    s1, cpuid
        la      t0, trap
        csrw    tvec, t0
        slli    t0, s1, 7
        la      t1, frames
        add     t0, t0, t1
        csrw    scratch, t0
        beqz    s1, build
        la      t0, ready
1:      lw      t1, (t0)
        beqz    t1, 1b
        j       enter

build:  table_at 0x80000000, ram_table
        table_at CONTROLLER, device_table
        table_at ALIAS, alias_table
        la      t0, ram_table
        li      t1, 0x80000000 | KERNEL_PAGE
        li      t2, 1024
        call    fill
        la      t0, device_table
        li      t1, CONTROLLER | DEVICE_PAGE
        li      t2, 6
        call    fill
        map     work, ram_table, USER_CODE
        map     shared, ram_table, USER_DATA
        la      t0, work
        ori     t0, t0, DEVICE_PAGE
        la      t1, alias_table
        sw      t0, (t1)
        li      t0, 1
        la      t1, ready
        sw      t0, (t1)
        call    next_block

enter:  la      t0, root                # the CPU's number is its address space's
        slli    t1, s1, 4
        or      t0, t0, t1
        ori     t0, t0, 1
        csrw    ptbr, t0
        li      t0, CONTROLLER
        li      t1, 0x1F                # CPU 0 listens to all lines, the others to the first two
        beqz    s1, 1f
        li      t1, 0x03
1:      sw      t1, 4(t0)
        li      t0, TIMER
        li      t1, 500
        sw      t1, (t0)
        la      t0, work
        csrw    epc, t0
        li      t0, 0x30                # to user mode, with interrupts
        csrw    status, t0
        mv      a0, s1
        eret

fill:   sw      t1, (t0)                # t2 entries from t1 on
        addi    t0, t0, 4
        lui     a0, 1
        add     t1, t1, a0
        addi    t2, t2, -1
        bnez    t2, fill
        ret

# Reads block n into memory; when that is done writes it back as block n + BLOCKS; and so on.
next_block:
        la      t0, transfers
        lw      t1, (t0)
        li      t2, 2 * BLOCKS
        beq     t1, t2, 1f
        addi    t2, t1, 1
        sw      t2, (t0)
        srli    t2, t1, 1
        andi    t1, t1, 1
        addi    a1, t1, 1               # 1 reads, 2 writes
        slli    t1, t1, 3               # BLOCKS
        add     t2, t2, t1
        li      t0, DISK
        sw      t2, 0(t0)
        la      t1, block
        sw      t1, 4(t0)
        sw      a1, 8(t0)
1:      ret

trap:   csrrw   sp, scratch, sp
        .irp    n, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        sw      x\n, 4 * \n(sp)
        .endr
        csrr    a0, cause
        andi    a1, a0, 0x1F            # count it
        bgez    a0, 1f
        addi    a1, a1, 16
1:      slli    a1, a1, 2
        la      a2, counts
        add     a1, a1, a2
        li      a2, 1
        amoadd.w zero, a2, (a1)
        bgez    a0, service
        andi    a0, a0, 0x1F
        slli    a0, a0, 2
        la      a1, handlers
        add     a0, a0, a1
        lw      a0, (a0)
        jalr    a0
return: .irp    n, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        lw      x\n, 4 * \n(sp)
        .endr
        csrrw   sp, scratch, sp
        eret

handlers:
        .word   on_timer, on_message, on_console, on_disk, on_panel

on_timer:
        csrr    t0, cycle               # a little irregular
        andi    t0, t0, 127
        addi    t0, t0, 300
        li      t1, TIMER
        sw      t0, (t1)
        ret
on_message:
        li      t0, CONTROLLER
        sw      zero, 12(t0)
        ret
on_console:
        li      t0, CONSOLE
        lw      t1, 4(t0)
        li      t2, 2
        beq     t1, t2, 1f
        lw      t1, (t0)
        addi    t1, t1, 1
        sw      t1, (t0)                # an echo in cipher
        ret
1:      li      t0, CONTROLLER          # the input has ended
        lw      t1, 4(t0)
        andi    t1, t1, ~4
        sw      t1, 4(t0)
        ret
on_disk:
        li      t0, DISK
        sw      zero, 16(t0)
        la      t0, block
        lw      t1, (t0)
        addi    t1, t1, 7
        sw      t1, (t0)
        j       next_block
on_panel:
        li      t0, PANEL
        lw      t1, 4(t0)
        sw      t1, 0x24(t0)
        sw      zero, 0x40(t0)
        ret

# What user mode asked for by a5; anything else that traps is a mistake of this program.
service:
        li      a1, 4
        bne     a0, a1, strange
        csrr    a0, epc
        addi    a0, a0, 4
        csrw    epc, a0
        li      a0, 1
        beq     a5, a0, message
        li      a0, 2
        beq     a5, a0, rewrite
        li      a0, POWER
        sw      zero, (a0)
strange:
        li      a1, POWER
        sw      a0, (a1)

message:                                # to every other CPU
        csrr    a0, cpuid
        li      a1, 1
        sll     a1, a1, a0
        not     a1, a1
        li      a0, CONTROLLER
        sw      a1, 8(a0)
        j       return
rewrite:                                # steps of 1 become steps of 3, and back
        li      a0, ALIAS + (step - work)
        lw      a1, (a0)
        xori    a1, a1, 1 ^ 3
        sw      a1, (a0)
        j       return

        .balign 4096
work:   la      gp, shared
        addi    s1, a0, 77
again:  lr.w    a1, (gp)
step:   addi    a1, a1, 1
        sc.w    a2, a1, (gp)
        bnez    a2, again
        slli    a4, s1, 13
        xor     s1, s1, a4
        srli    a4, s1, 17
        xor     s1, s1, a4
        slli    a4, s1, 5
        xor     s1, s1, a4
        ori     a4, a1, 1
        divu    a3, s1, a4
        mulhsu  a4, s1, a3
        rem     a3, a4, a1
        sub     a3, a3, s1
        andi    a4, s1, 0x7FC
        add     a4, a4, gp
        sw      a3, 16(a4)
        sh      a1, 18(a4)
        addi    a2, gp, 8
        amoadd.w a4, a3, (a2)
        amomaxu.w a4, s1, (a2)
        andi    a4, s1, 63
        bnez    a4, 1f
        li      a5, 1
        ecall
1:      andi    a4, s1, 255
        bnez    a4, 2f
        li      a5, 2
        ecall
2:      li      a4, ROUNDS
        bltu    a1, a4, again
        li      a5, 3
        ecall

        .bss
        .balign 4096
root:   .space  4096
ram_table:
        .space  4096
device_table:
        .space  4096
alias_table:
        .space  4096
shared: .space  4096
block:  .space  4096
frames: .space  8 * 128
counts: .space  32 * 4                  # of traps by cause, then of interrupts by line
        .globl  counts
ready:  .space  4
transfers:
        .space  4
