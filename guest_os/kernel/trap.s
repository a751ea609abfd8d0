# The door between programs and the kernel. Hardware has put the old pc into epc and the old mode into status, has
# turned interrupts off, and has come here. Everything else is up to us, and not one register is free.
#
# The control register scratch tells where we come from:
#       user mode      the address of the process's trap frame, at the top of its kernel stack
#       kernel mode    zero
#
# The trap frame, struct trap_frame in process.h:
        .equ    FRAME_RA, 0
        .equ    FRAME_SP, 4
        .equ    FRAME_GP, 8
        .equ    FRAME_TP, 12
        .equ    FRAME_T0, 16
        .equ    FRAME_T1, 20
        .equ    FRAME_T2, 24
        .equ    FRAME_FP, 28
        .equ    FRAME_S1, 32
        .equ    FRAME_A0, 36
        .equ    FRAME_A1, 40
        .equ    FRAME_A2, 44
        .equ    FRAME_A3, 48
        .equ    FRAME_A4, 52
        .equ    FRAME_A5, 56
        .equ    FRAME_EPC, 60
        .equ    FRAME_STATUS, 64
        .equ    FRAME_PROCESS, 68
        .equ    FRAME_SIZE, 72

# For the debugger's sake, every step tells where the registers of what was interrupted are now (.cfi_...). What is not
# mentioned is still in its place. DWARF has columns of a table for registers: for the interrupted pc we take 64, and
# control registers begin at 4096.
        .equ    COLUMN_PC, 64
        .equ    COLUMN_EPC, 4096 + 0x01
        .equ    COLUMN_SCRATCH, 4096 + 0x06

        .macro  interrupted
        .cfi_startproc simple
        .cfi_signal_frame
        .cfi_return_column COLUMN_PC
        .cfi_def_cfa sp, 0
        .cfi_same_value ra
        .cfi_same_value fp
        .cfi_register COLUMN_PC, COLUMN_EPC
        .endm

# sp points at a full trap frame.
        .macro  interrupted_is_in_frame
        .cfi_def_cfa sp, FRAME_SIZE
        .cfi_offset ra, FRAME_RA - FRAME_SIZE
        .cfi_offset sp, FRAME_SP - FRAME_SIZE
        .cfi_offset fp, FRAME_FP - FRAME_SIZE
        .cfi_offset COLUMN_PC, FRAME_EPC - FRAME_SIZE
        .endm

# All is back where it was; only eret is left to do.
        .macro  interrupted_is_back
        .cfi_def_cfa sp, 0
        .cfi_same_value ra
        .cfi_restore sp
        .cfi_same_value fp
        .cfi_register COLUMN_PC, COLUMN_EPC
        .endm

        .text
        .globl  trap_entry
        .balign 4
trap_entry:
        interrupted
        csrrw   sp, scratch, sp         # sp = trap frame, scratch = the program's sp
        .cfi_register sp, COLUMN_SCRATCH
        beqz    sp, from_kernel

# From user mode: save the program's registers in its trap frame.
        sw      ra, FRAME_RA(sp)
        sw      gp, FRAME_GP(sp)
        sw      tp, FRAME_TP(sp)
        sw      t0, FRAME_T0(sp)
        sw      t1, FRAME_T1(sp)
        sw      t2, FRAME_T2(sp)
        sw      fp, FRAME_FP(sp)
        sw      s1, FRAME_S1(sp)
        sw      a0, FRAME_A0(sp)
        sw      a1, FRAME_A1(sp)
        sw      a2, FRAME_A2(sp)
        sw      a3, FRAME_A3(sp)
        sw      a4, FRAME_A4(sp)
        sw      a5, FRAME_A5(sp)
        csrrw   t0, scratch, zero       # t0 = the program's sp; from now on a trap comes from the kernel
        .cfi_register sp, t0
        sw      t0, FRAME_SP(sp)
        .cfi_offset sp, FRAME_SP
        csrr    t0, epc
        sw      t0, FRAME_EPC(sp)
        csrr    t0, status
        sw      t0, FRAME_STATUS(sp)
        interrupted_is_in_frame
        lw      tp, FRAME_PROCESS(sp)   # whom the kernel works for
        mv      a0, sp
        li      fp, 0                   # a backtrace of the kernel ends here
        call    user_trap               # (frame)

# Back to user mode. The kernel stack is empty again: sp = trap frame. Interrupts are off.
trap_return:
        csrw    scratch, sp             # for the next trap
        lw      t0, FRAME_EPC(sp)
        csrw    epc, t0
        lw      t0, FRAME_STATUS(sp)
        csrw    status, t0              # eret makes the saved mode the present one
        lw      ra, FRAME_RA(sp)
        lw      gp, FRAME_GP(sp)
        lw      tp, FRAME_TP(sp)
        lw      t0, FRAME_T0(sp)
        lw      t1, FRAME_T1(sp)
        lw      t2, FRAME_T2(sp)
        lw      fp, FRAME_FP(sp)
        lw      s1, FRAME_S1(sp)
        lw      a0, FRAME_A0(sp)
        lw      a1, FRAME_A1(sp)
        lw      a2, FRAME_A2(sp)
        lw      a3, FRAME_A3(sp)
        lw      a4, FRAME_A4(sp)
        lw      a5, FRAME_A5(sp)
        lw      sp, FRAME_SP(sp)
        interrupted_is_back
        eret
        .cfi_endproc

# A new process has never come through trap_entry, but it leaves the same way: see make_kernel_stack() in process.c.
        .globl  process_entry
process_entry:
        call    process_begin
        j       trap_return

# From kernel mode: an interrupt, or a mistake of ours. The frame goes onto the stack in use. tp stays: the kernel
# still works for the same process. What a C function saves itself (s1, fp) is saved for the debugger's eyes.
from_kernel:
        interrupted
        .cfi_register sp, COLUMN_SCRATCH
        csrrw   sp, scratch, zero       # sp as it was, scratch = 0 again
        .cfi_restore sp
        addi    sp, sp, -FRAME_SIZE
        .cfi_def_cfa sp, FRAME_SIZE
        sw      ra, FRAME_RA(sp)
        sw      gp, FRAME_GP(sp)
        sw      tp, FRAME_TP(sp)
        sw      t0, FRAME_T0(sp)
        sw      t1, FRAME_T1(sp)
        sw      t2, FRAME_T2(sp)
        sw      fp, FRAME_FP(sp)
        sw      s1, FRAME_S1(sp)
        sw      a0, FRAME_A0(sp)
        sw      a1, FRAME_A1(sp)
        sw      a2, FRAME_A2(sp)
        sw      a3, FRAME_A3(sp)
        sw      a4, FRAME_A4(sp)
        sw      a5, FRAME_A5(sp)
        addi    t0, sp, FRAME_SIZE
        sw      t0, FRAME_SP(sp)
        csrr    t0, epc
        sw      t0, FRAME_EPC(sp)
        csrr    t0, status
        sw      t0, FRAME_STATUS(sp)
        interrupted_is_in_frame
        mv      a0, sp
        call    kernel_trap             # (frame)

        lw      t0, FRAME_EPC(sp)
        csrw    epc, t0
        lw      t0, FRAME_STATUS(sp)
        csrw    status, t0
        lw      ra, FRAME_RA(sp)
        lw      t0, FRAME_T0(sp)
        lw      t1, FRAME_T1(sp)
        lw      t2, FRAME_T2(sp)
        lw      a0, FRAME_A0(sp)
        lw      a1, FRAME_A1(sp)
        lw      a2, FRAME_A2(sp)
        lw      a3, FRAME_A3(sp)
        lw      a4, FRAME_A4(sp)
        lw      a5, FRAME_A5(sp)
        addi    sp, sp, FRAME_SIZE
        interrupted_is_back
        eret
        .cfi_endproc
