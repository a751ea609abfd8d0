_start:
    ret
/* this comment
   goes on for ever
