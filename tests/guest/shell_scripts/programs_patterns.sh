# Patterns: grep, expr and ed. Each line runs in a folder of its own.

number=0
while IFS= read -r line; do
    number=$((number + 1))
    mkdir $number
    echo "--- $line"
    (cd $number && sh -c "$line" </dev/null)
    echo "=== $?"
done <<'END'
printf 'peach\napple\nPlum\n' >f; grep p f; grep -c p f; grep -n l f; grep -v p f; grep -i P f; grep -ic p f
printf 'abc\naxc\na.c\nac\n' >f; grep a.c f; grep -F a.c f; grep 'a[bx]c' f; grep '^ab*c$' f; grep -x ac f; grep -x 'a.' f; grep -x 'a.*' f
printf 'foo bar\nfoobar\nbar foo_\n' >f; grep -w foo f; grep -w bar f; grep -ow 'ba.' f; grep -wc foo f
printf 'one\ntwo\nthree\n' >f; grep -e one -e three f; grep -E 'one|two' f; grep -E '^(t|o)' f; grep 'o\{1\}' f; grep -E 'e{2}' f; grep -E 'e+$' f; grep 'one\|two' f; grep -E 'tw?o?' f | wc -l
printf 'a1b22c333\nxyz\n' >f; grep -o '[0-9]*' f; grep -oE '[0-9]+' f; grep -onE '[[:alpha:]]+' f; grep -o x f; grep '[[:digit:]]\{3\}' f; grep -c '[^[:alnum:]]' f
echo x >f; cp f g; grep x f g; grep -h x f g; grep -l x f g; grep -s x nosuch f; echo $?; grep -q x nosuch f; echo $?; grep -c y f g; grep -L x f >/dev/null; cat f | grep -n x
mkdir -p d/e; echo peach >d/e/f; echo plum >d/g; grep -r peach d; grep -rl p d | sort; grep -rh plum d
printf 'a*b\n*x\n^y\n$z\n' >f; grep '*x' f; grep 'a\*b' f; grep '\^y' f; grep '^^y' f; grep '$z' f; grep -E 'a\*b' f; grep -F '*' f; grep '\$z' f; grep 'a*b$' f
printf 'ab\nabab\nababab\n' >f; grep -xE '(ab){2}' f; grep -x '\(ab\)\{2,\}' f; grep -xE '(ab|b){1,3}' f; grep -xE '(a|b)*' f | wc -l; grep -xE 'a(b(ab)?)+' f; grep -cE '(a*)*b' f
printf 'a]b\na-b\na^b\n' >f; grep '[]]' f; grep '[a-]b' f; grep '[-^]b' f; grep '[^]^-]b' f; grep -c '[]^-]' f
grep 'a[' /dev/null; echo $?; grep -E '(a' /dev/null; echo $?; grep '\(' /dev/null; echo $?; grep; echo $?; grep 'a\{2' /dev/null; echo $?
expr abc : 'a\(.*\)'; expr /a/b/c : '.*/\(.*\)'; expr abc : 'b'; echo $?; expr abc : 'abc'; expr abc : 'a\(x\)'; echo $?; expr aaa : 'a*'; expr 12 : '[0-9]*$' '&' yes
printf 'one\ntwo\nthree\n' >f; printf '1,$s/\\(e\\)$/<&>/\n,p\nw\nq\n' | ed -s f; cat f; printf 'a\nx\n.\nw\nq\n' | ed -s f; cat f
END
