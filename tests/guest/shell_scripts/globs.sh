mkdir d; cd d; : >a.c; : >b.c; : >ab.h; : >.hidden; mkdir sub; : >sub/x.c; : >sub/y.h
echo *; echo *.c; echo ?.c; echo [ab]*; echo [!a]*; echo .h*; echo */*; echo */*.c; echo s*/x*
echo nosuch*; echo "*.c" '*' \*; x='*.c'; echo $x; echo "$x"; echo [a-b].c; echo sub/../*.h; echo ./*.c
for f in *.c; do echo "file $f"; done; set -- *; echo $#
echo [; echo a[; echo []; echo *[ab]; echo a*[.]c
: >'[x]'; echo \[x]; : >'star*'; echo star\*; echo *\**; echo /bin/tru[e]; echo a.{c,h}
case a.c in *.c) echo match;; esac
echo */; echo * | wc -w
