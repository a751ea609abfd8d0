# Parameter expansion, in and out of quotes.
unset u; e=; x=value
echo "[${u-default}] [${u:-default}] [${e-default}] [${e:-default}] [${x-default}] [${x:-default}]"
echo "[${u+other}] [${e+other}] [${e:+other}] [${x:+other}]"
echo "${u:=assigned} $u"
echo ${#x} ${#e} "${#u}"
path=/usr/local/lib/libpeach.so.1
echo ${path##*/} ${path#*/} ${path%/*} ${path%%/*} "${path%.*}" "${path%%.*}"
echo "${path#/usr}" "${path%nosuch}" "${path##*.}"
set -- a 'b c' d
for i in "$@"; do echo "<$i>"; done
for i in $@; do echo "<$i>"; done
for i in "$*"; do echo "<$i>"; done
IFS=:; echo "$*"; for i in "x$@y"; do echo "<$i>"; done
unset IFS
echo $# $1 ${2} "$3" ${10-none}
shift; echo $# "$1"
shift 2; echo $# "$@" end
for i in "$@"; do echo never; done
v='a  b   c'; set -- $v; echo $#; set -- "$v"; echo $#
IFS=','; list='1,2,,3,'; set -- $list; echo $#; for i; do echo "($i)"; done
IFS=' ,'; list=' 1 , 2 ,, 3 '; set -- $list; echo $#; for i; do echo "($i)"; done
unset IFS
echo ${u2:-${x:-inner}} "${u2:-"quoted word"}" ${u2:-two words}
y="${u2:-a   b}"; echo "$y"
set -- ${u2:-one two 'three four'}; echo $#
echo "$(echo nested "$(echo deeper `echo deepest`)")"
echo $(printf 'a\nb\n\n\n')x
echo "$(printf 'a\nb\n\n\n')x"
echo a"b"'c'\d "e'f" 'g"h' "i\"j\$k\`l\\m\n"
echo '\n' "\n" \n
echo "tab	stays" 'new
line'
echo ~ | grep -c / 
HOME=/somewhere; echo ~ ~/x "~" a~ \~
echo ${x}y $x'y' "$x"y
echo "${x:+"[$x]"}"
a=1 b=$a; echo "$b"
c=$(false) || echo "failed $?"
echo "$?"
echo "${path%"${path##*/}"}"
p='*.c'; echo "$p" "${p#'*'}"
