# The caret stands under its character.
_start: .ascii  "héllo wörld", foo
        .ascii  "日本語" x
        .word   smörgås, 1
        .byte   'é'
        .ascii  "é	é" q
