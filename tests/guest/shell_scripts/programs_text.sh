# Filters, compared with the host's.
seq 12 >n; seq 3 7; seq 10 -3 1; seq -s , 5; seq -w 8 11; seq 5 1
tail n; tail -n 3 n; tail -2 n; tail -n +10 n; tail -c 4 n; seq 3 | tail -n 1; printf 'a\nb' | tail -n 1; tail -n 2 n n
printf 'pear\napple\nFig\nbanana\napple\n10\n9\n' >w
sort w; sort -r w; sort -u w; sort -f w; printf '10\n9\n2\n33\n' | sort -n; printf '10\n9\n' | sort; printf 'b 2\na 10\nc 1\n' | sort -n -k 2
printf 'x:3\ny:1\n' | sort -t : -k 2; sort -n -r n | head -n 2; sort w | uniq; sort w | uniq -c; sort w | uniq -d; sort w | uniq -u
printf 'A\na\nb\n' | uniq -i; sort -o out w; head -n 1 out
echo through | tee t1 t2; cat t1 t2; echo more | tee -a t1 >/dev/null; cat t1
printf 'one:two:three\nfour:five\nnone\n' >c
cut -d : -f 2 c; cut -d: -f1,3 c; cut -d : -f 2- c; cut -s -d : -f 1 c; cut -c 1-3 c; cut -c -2 c; cut -c 2,4 c
echo hello | tr a-z A-Z; echo hello | tr -d l; echo aabbcc | tr -s a-c; echo a1b2 | tr -cd 0-9; echo; echo 'a b' | tr ' ' '\n'
echo hello | tr '[:lower:]' '[:upper:]'; echo abc | tr abc x; echo 'a,b;c' | tr -s ',;' ' '
cmp n n; echo $?; printf 'abc\n' >x; printf 'abd\n' >y; cmp x y; echo $?; cmp -s x y; echo $?
basename /usr/lib/x.c .c; basename /a/; basename x; basename /; dirname /usr/lib/x; dirname x; dirname /x; dirname /a/b/
expr 1 + 2 \* 3; expr 7 / 2; expr 7 % 3; expr \( 1 + 2 \) \* 3; expr 3 \< 10; expr abc = abc; expr b \> a; expr length hello
expr abcdef : abc; expr abc : 'x*'; echo $?; expr 0; echo $?; expr '' \| default; expr 5 \& 0; expr 2 + x 2>/dev/null; echo $?
env -i A=1 B=2 | sort; env X=5 sh -c 'echo $X'; env -u HOME sh -c 'echo ${HOME-none}'; printenv NOSUCH; echo $?; A=9 printenv A
env nosuchprogram 2>/dev/null; echo $?
seq 5 | xargs; seq 5 | xargs -n 2 echo n; echo "a 'b c' d" | xargs -n 1; seq 2 | xargs -I X echo [X]; echo x | xargs false; echo $?
mkdir -p d/e; : >d/a.c; : >d/e/b.c; : >d/x.h; find d | sort; find d -name '*.c' | sort; find d -type d | sort; find d -type f | wc -l
find d -maxdepth 1 | sort; find d -name a.c -exec echo found {} \;; find nosuch 2>/dev/null; echo $?
yes | head -n 2; yes no | head -n 1
echo '(a)' | grep -c '(a)'; grep -n e w; grep -v a w; grep -c a w; grep '^[ab]' w; grep -q fig w; echo $?; grep -i FIG w
test -f n; echo $?
tail nosuch 2>/dev/null; echo $?; sort nosuch 2>/dev/null; echo $?; cut -x 2>/dev/null; echo $?; tr 2>/dev/null; echo $?
