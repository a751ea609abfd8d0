        li      a0, 1
[31m€ÿ here
        ]0;title
