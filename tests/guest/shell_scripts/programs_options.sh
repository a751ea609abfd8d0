# What programs that change files do with their options and with what they should not do. Each line runs in a folder of its own.

number=0
while IFS= read -r line; do
    number=$((number + 1))
    mkdir $number
    echo "--- $line"
    (cd $number && sh -c "$line" </dev/null)
    echo "=== $?"
done <<'END'
mkdir d t; echo precious >d/x; ln -s ../d t/l; rm -rf t; cat d/x; ls
ln -s nowhere l; rm l; echo $?; ls; ln -s nowhere l; rm -f l; ls
mkdir d; ln -s d l; rm l; echo $?; ls
rm; echo $?; rm -f; echo $?
mkdir -p a/b/c; echo x >a/b/f; rm -R a; ls; mkdir e; rm -d e; ls
mkdir -p a/b; rm -r a/.; echo $?; ls a; rm -rf ..; echo $?
mkdir a; touch a/x a/y; printf 'y\nn\ny\n' | rm -ri a; ls a
echo data >f; cp f f; echo $?; cat f; cp f ./f; echo $?; cat f; ln f h; cp f h; echo $?; cat h; ln -s f s; cp f s; echo $?; cat f
mkdir d; cp d e; echo $?; ls
mkdir -p d/e; echo 1 >d/e/f; ln -s f d/e/l; cp -r d g; find g | sort; cat g/e/f; cp -R d g; find g | sort
mkdir d; cp -r d d/e; echo $?
echo a >a; echo b >b; mkdir d; cp a b d; cat d/a d/b; cp a b nosuch; echo $?; cp nosuch d; echo $?
echo x >f; chmod 640 f; cp -p f g; ls -l g | cut -c 1-10
echo x >f; cp -i f g; cat g; echo n | cp -i f g; echo $?
echo a >a; echo b >b; mv -n a b; cat a b; mv a b; cat b; ls; echo n | mv -i b c; ls; echo x >d; echo n | mv -i c d; ls
echo hi | cat -; echo hi >f; cat -n f f; cat -- f; cat -u f; cat -Z f; echo $?
touch -c nosuch; ls; touch -- -x; ls; touch; echo $?; touch -q x; echo $?; ls
mkdir -p a/b/c; rmdir -p a/b/c; ls; mkdir -- -x; rmdir -- -x; ls; rmdir; echo $?
stat; echo $?; stat -Q x; echo $?
chmod -R 700 .; mkdir -p a/b; echo 1 >a/b/f; chmod -R u=rwX,go= a; ls -l a/b | tail -n 1 | cut -c 1-10; ls -ld a | cut -c 1-10
echo 1 >f; chmod 640 f; chmod o=g f; ls -l f | cut -c 1-10; chmod g=u f; ls -l f | cut -c 1-10; chmod -w f; ls -l f | cut -c 1-10; chmod g+u f; ls -l f | cut -c 1-10
id -u; id -un; id -g; id -gn; id -u root; id -x; echo $?
date -u +%Z; date -q; echo $?; date x; echo $?
time -p true 2>/dev/null; echo $?
mkdir -m 700 d; ls -ld d | cut -c 1-10; mkdir -p -m 750 a/b; ls -ld a/b | cut -c 1-10; mkdir -q; echo $?
printf 'abc\nxyz\n' >a; printf 'abd\nxy\n' >b; cmp -l a b; echo $?; cmp -s a b; echo $?; cmp -l a a; echo $?
basename -- -x; basename a/b.c .c; basename; echo $?; basename -Q; echo $?; dirname -- -x/y a; dirname; echo $?; env -- A=1 sh -c 'echo $A'; env -Q; echo $?; sleep -- 0.01; echo $?
printf 'a b\nc\n' | wc -m; wc -q; echo $?
printf 'a\na\nb\n' >f; uniq f g; cat g; uniq -c f -; uniq f g h; echo $?
expr 2147483647 + 1; expr 4294967296 + 1; expr 3000000000 '*' 3; expr -5 / 2; expr 7 % -3; expr -- 1 + 2
seq 4294967296 4294967298; seq 9223372036854775805 9223372036854775807 | wc -l; seq 3; seq 2 -1 -2; seq -s , 3; seq -w 8 11; seq -s, 1 3; seq 5 1; seq -3; seq -2 0; seq x; echo $?
END
