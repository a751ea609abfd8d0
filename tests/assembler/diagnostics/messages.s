_start: ret
        .warning "be careful"
        .print  "so far"
        .err
        .error
        .error  "no"
        .float  x
        .float  1e99
        .equiv  a, 1
        .equiv  a, 2
        .end
        anything
