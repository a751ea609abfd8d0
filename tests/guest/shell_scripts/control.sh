# if, while, until, for, case, functions.
if true; then echo yes; else echo no; fi
if false; then echo yes; elif true; then echo elif; else echo no; fi
if false; then echo yes; fi; echo $?
i=0; while [ $i -lt 5 ]; do i=$((i+1)); [ $i = 2 ] && continue; [ $i = 4 ] && break; echo $i; done; echo "after $i"
until [ $i -le 0 ]; do i=$((i-1)); done; echo $i
for a in 1 2 3; do for b in x y z; do [ $b = y ] && continue 2; [ $a = 3 ] && break 2; echo $a$b; done; done
for f in; do echo never; done; echo "empty $?"
classify() {
    case $1 in
        [0-9]) echo digit ;;
        [0-9]*) echo number ;;
        -*|--*) echo option ;;
        *.c|*.h) echo source ;;
        '') echo empty ;;
        "*") echo star ;;
        [!a-z]*) echo other ;;
        *) echo word
    esac
}
for w in 5 55 -x --long main.c list.h '' '*' Zed hello; do classify "$w"; done
(case x in (x) echo paren;; esac)
case abc in a?c) echo q;; esac
case 'a b' in 'a b') echo blank;; esac
pattern='a*'; case abc in $pattern) echo expanded;; esac; case abc in "$pattern") echo wrong;; *) echo quoted;; esac
f() { echo "f: $# $1"; return 7; }
f x y; echo $?
g() { local v=inner; echo $v; v=changed; h; }
h() { echo "h sees $v"; }
v=outer; g; echo $v
fact() { if [ $1 -le 1 ]; then echo 1; else echo $(( $1 * $(fact $(($1 - 1))) )); fi; }
fact 10
loop() { while true; do return 3; done; echo never; }
loop; echo $?
k() { for i in 1 2 3; do if [ $i = 2 ]; then return $i; fi; done; }
k; echo $?
{ echo group; echo two; } | wc -l
{ echo to file; } >f1; cat f1
for i in a b c; do echo $i; done >f2; wc -l <f2
while read line; do echo "got $line"; done <f2
if grep -q b f2; then echo found; fi
! false && echo negated
true && false || echo chained
false; echo $?; (exit 9); echo $?
x=1; (x=2; echo $x); echo $x
n=0; for i in 1 2 3; do n=$((n + i)); done; echo $n
echo one; echo two & wait; echo three
recursive() { [ $1 -gt 0 ] || return 0; echo $1; recursive $(($1 - 1)); }
recursive 4
unset -f f; f 2>/dev/null; echo $?
redefine() { echo first; redefine() { echo second; }; }
redefine; redefine
if :; then :; fi; echo $?
while false; do :; done; echo $?
