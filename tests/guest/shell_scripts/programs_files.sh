# Programs about files, compared with the host's.
echo text >a; cp a b; cat b; mkdir d; cp a b d; ls d; mv b c; ls; mv a c d; ls . d; rm d/a; ls d; rm -r d; ls
mkdir -p x/y/z; rmdir x/y/z; ls x; rmdir x 2>/dev/null; echo $?; rm -rf x; echo $?; touch new; wc -c new; ln new other; ls
echo one >new; cat other; chmod 600 new; ls -l new | cut -c 1-10; chmod u+x,go=r new; ls -l new | cut -c 1-10
chmod a-x new; ls -l new | cut -c 1-10; chmod 755 new; ls -l new | cut -c 1-10; chmod +w nosuch 2>/dev/null; echo $?
touch m; mv m m 2>/dev/null; echo $?; ln m n; mv m n 2>/dev/null; echo $?; mv n . 2>/dev/null; echo $?; ls; rm m n
cp nosuch x 2>/dev/null; echo $?; mv nosuch x 2>/dev/null; echo $?; rm nosuch 2>/dev/null; echo $?; cat nosuch 2>/dev/null; echo $?
mkdir new 2>/dev/null; echo $?; rmdir nosuch 2>/dev/null; echo $?; ls nosuch 2>/dev/null; echo $?; ln nosuch y 2>/dev/null; echo $?
date +%Y | wc -c; date +%% ; sleep 0; echo $?; true; echo $?; false; echo $?
printf '\000\001ABC' | wc -c; printf 'a\tb\n' | cat; wc new new; head -c 2 new; echo
