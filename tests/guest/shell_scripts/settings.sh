# What the shell sets, its options, masks, errors inside eval, getopts. Each line runs in a folder of its own.

number=0
while IFS= read -r line; do
    number=$((number + 1))
    mkdir $number
    echo "--- $line"
    (cd $number && sh -c "$line" </dev/null)
    echo "=== $?"
done <<'END'
echo ${PWD##*/}; sh -c 'echo ${PWD##*/}'; cd /; cd - >/dev/null; echo ${PWD##*/}; PATH=$PWD/d:$PATH; mkdir d; printf 'echo mine\n' >d/mine; chmod +x d/mine; mine
sh -c 'test $PPID -gt 0 && echo yes'; test $PPID -gt 0; echo $?; echo $OPTIND
HOME=/q; y=~/a:~/b; echo $y; y=~:~; echo $y; y=a:~/b:c~/d; echo $y; echo ~/a:~/b; export Z=~/x:~; echo $Z; y="~/a:~"; echo $y; y=~a:~b; echo $y; y=:~; echo $y; A=~/1:~ sh -c 'echo $A'
set -C; echo a >f; echo b >f; echo $?; cat f; echo c >|f; cat f; echo d >>f; cat f; set +C; echo e >f; cat f; set -o noclobber; echo x >f; echo $?; echo y >/dev/null; echo $?; set -o | grep -c noclobber
echo 'echo $1 $#' | sh -s a b; echo 'echo [$1]' | sh -s; echo 'echo $1' | sh -s -- -x; echo 'echo $0' | sh -es a
umask -S; umask 077; umask -S; umask u=rwx,g=rx,o=; umask; umask g-x; umask; umask +w; umask; umask x; echo $?; umask 9; echo $?; umask -S 022 >/dev/null; umask o=g; umask
f() { echo function; }; command -p echo hi; command -p ls -d .; PATH=/nowhere command -p ls -d .; ls() { echo function; }; command -p ls -d .; hash ls; echo $?; hash nosuchprogram; echo $?; hash -r; echo $?
eval 'echo "x'; echo after
eval ')' ; echo after
(eval 'if'; echo in); echo $?; echo 'if' >f; (. ./f; echo in); echo $?; trap 'echo bye' EXIT; eval 'echo $('; echo after
OPTIND=50; set -- -a; getopts a o; echo $? $o $OPTIND
while getopts :ab: o -xa -b; do echo $o $OPTARG; done; set -- -b; getopts :b: o; echo $? $o $OPTARG
set -- -b; while getopts :b: o; do echo $o $OPTARG; done; shift $((OPTIND-1)); echo $# $OPTIND
set -- -ab v -c -- x; while getopts ab:c o; do echo $o $OPTARG; done; shift $((OPTIND-1)); echo $@ ; echo $OPTIND
set -- -abv w; while getopts ab: o; do echo $o $OPTARG; done; OPTIND=1; while getopts abv o; do echo $o; done; getopts b: o -b; echo $? $o $OPTIND; getopts b: o; echo $?
set -- -x -a; while getopts a o; do echo $o "[$OPTARG]"; done; f() { OPTIND=1; while getopts xy o; do echo f $o; done; }; f -xy; f -y; set --; getopts a o; echo $? $o
END
