# What sorts, lists and searches. Each line runs in a folder of its own.

number=0
while IFS= read -r line; do
    number=$((number + 1))
    mkdir $number
    echo "--- $line"
    (cd $number && sh -c "$line" </dev/null)
    echo "=== $?"
done <<'END'
printf 'x 3\ny 1\nx 1\n' >f; sort -k1,1 -k2,2n f; sort -k2n f; sort -k2,2nr -k1 f; sort -rk1,1 f
printf '1e3\n4\n-5\n0.5\n.25\nnan\n-0\n10\n9\n007\n' >f; LC_ALL=C sort -n f; LC_ALL=C sort -nr f; LC_ALL=C sort -nu f
printf 'a:3:x\nb:1:y\nc:2:x\n' >f; sort -t: -k2 f; sort -t: -k3,3 -k2,2n f; sort -t : -k 2,2nr f; sort -t: -k1.1,1.1r f
printf 'b\na\nB\nA\n' >f; LC_ALL=C sort f; LC_ALL=C sort -f f; LC_ALL=C sort -fu f; LC_ALL=C sort -r f; sort -c f; echo $?; printf 'a\nb\n' | sort -c; echo $?; printf 'a\na\n' | sort -cu; echo $?
printf '  b\n a\nc\n' >f; LC_ALL=C sort f; LC_ALL=C sort -b f; LC_ALL=C sort -k1b,1 f; sort -k f; echo $?; sort -q; echo $?; sort -k 0 f; echo $?
printf '99999999999999999999\n100000000000000000000\n2\n' | sort -n; sort -o f f; cat f
printf 'abc12\nabd03\nabe1\n' >f; sort -k1.4n f; sort -k1.3,1.3r f; sort -k1.4,1.5 f
mkdir d; cd d; touch b a .h; mkdir c; touch c/x; ls; ls -a; ls -A; ls -r; ls -R; ls -d c; ls -F; ls -1 a c
echo aaa >a; echo a >b; echo aa >c; ls -S; ls -rS; touch -c a; sleep 0.01; touch b; sleep 0.01; touch c; sleep 0.01; touch a; ls -t; ls -tr; ln -s a l; ls -F; chmod +x a; ls -F a; ls nosuch; echo $?
mkdir -p d/e/f; echo x >d/a; echo y >d/e/b; touch d/e/f/c; find d | sort; find d -type f -name '[ab]' | sort; find d ! -type d | sort; find d -name a -o -name c | sort; find d -size 0 -type f; find d -empty; find d -type f -size +1c | sort
mkdir -p d/e; echo 1 >d/a; sleep 0.02; echo 2 >d/b; find d -type f -newer d/a; find d \( -name a -o -name b \) -print | sort; find d -name a -exec echo got {} \; -print; find d -mindepth 1 -maxdepth 1 | sort; find d -type f -delete; find d | sort; find d -delete; ls; find -x; echo $?; find . -perm 755
printf 'a b\n"c d" e\n' | xargs -n1 echo; printf 'a b c' | xargs -n 2; printf '' | xargs echo x; printf '' | xargs -r echo x; printf 'a\nb\n' | xargs -I {} echo '<{}>'; printf 'a\nb\n' | xargs -I% echo % %; echo -- -x | xargs -n1 echo; xargs -Z; echo $?
seq 20 >f; tail -n 3 f; tail -n +19 f; tail -c 5 f; tail -c +46 f; tail -2 f; tail -q3 f >/dev/null; head -n 2 f; head -c 3 f; head -3 f
seq 3 >f; (sleep 0.2; echo 4 >>f) & tail -f f & sleep 0.6; kill $!; wait
END
