# The builtins whose output is defined.
test -n x && echo n; test -z '' && echo z; [ a = a ] && echo eq; [ a != b ] && echo ne
[ 1 -lt 2 ] && [ 2 -le 2 ] && [ 3 -gt 2 ] && [ 3 -ge 3 ] && [ 1 -eq 1 ] && [ 1 -ne 2 ] && echo numbers
[ ! a = b ] && echo not; [ a = a -a b = b ] && echo and; [ a = b -o b = b ] && echo or; [ \( a = a \) ] && echo parens
[ -e / ] && [ -d / ] && [ ! -f / ] && echo files; : >file; [ -f file ] && [ ! -s file ] && echo empty
echo x >file; [ -s file ] && [ -r file ] && [ -w file ] && [ ! -x file ] && echo modes
[ ]; echo $?; [ '' ]; echo $?; [ x ]; echo $?; [ ! ]; echo $?; [ = ]; echo $?; [ -n ]; echo $?
[ 1 -eq x ] 2>/dev/null; echo $?
printf '%s\n' a b c; printf '%d %s|' 1 one 2 two; echo; printf '%5d|%-5d|%05d|%x|%o|%c\n' 42 42 42 255 8 xyz
printf '%5.2f|%-10.3e|%g|%G|%+.0f|%010.4f|%f\n' 3.14159 12345.678 0.0001 1e-10 2.5 -1.5; printf '%f %f %.*f\n' x 1x 2 7; echo $?; printf '%g %g\n' '"A' inf
printf 'no newline'; echo; printf '%%\t\\\101\n'; printf '%s %s\n' only; printf '%.2s|%5.1s|\n' abc xyz
printf '%b' 'a\tb\n'; printf '%s\n' 'a\tb'; printf '%*d\n' 6 42; printf '%i %u\n' -5 5; printf "%d\n" "'A"
echo 'a\tb' ; echo 'one\ntwo'; echo 'stop\chere'; echo; echo -n x; echo
echo "a b c d" | (read x y; echo "[$x] [$y]"); echo 'a\ b c' | (read x y; echo "[$x] [$y]")
echo 'a\ b c' | (read -r x y; echo "[$x] [$y]"); echo a:b:c | (IFS=: read x y; echo "[$x] [$y]")
printf 'no end' | (read x; echo "$? [$x]"); read x </dev/null; echo $?
printf 'a\\\nb\n' | (read x; echo "$x")
eval 'echo evaluated; x=5'; echo $x; y='echo $x'; eval "$y"
set -- -a -b value -c rest; while getopts ab:c o; do echo "$o ${OPTARG-}"; done; shift $((OPTIND - 1)); echo "$@"
cd /; pwd; cd /bin; pwd; cd - >/dev/null; pwd; cd "$OLDPWD"; pwd
type cd | grep -c builtin; command -v cd; command -v nosuch; echo $?
x=1; export x; sh -c 'echo $x'; unset x; sh -c 'echo ${x-unset}'
readonly r=5; echo $r; (r=6) 2>/dev/null; echo "status $?"; echo $r
trap 'echo bye' EXIT; (trap 'echo inner' EXIT; echo in); trap - EXIT; echo gone
trap 'echo last' 0
set -f; echo *; set +f
set -- x y z; echo $#; set -u; (echo $nosuch) 2>/dev/null; echo $?; set +u
: a b c; true; echo $?; false; echo $?
sh -c 'exit 3'; echo $?; sh -c 'echo $0 $1' name one; sh -ec 'false; echo never'; echo $?
sh -xc 'echo traced' 2>&1
. /dev/null; echo 'sourced=yes; echo in $1' >s; . ./s; echo $sourced
echo 'return 4; echo never' >s; . ./s; echo $?
wait; echo $?
exec 2>&1; echo merged >&2
exit 5
