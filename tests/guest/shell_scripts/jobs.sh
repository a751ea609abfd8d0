sleep 0.05 & p=$!; wait $p; echo $?
(exit 3) & wait $!; echo $?
sh -c 'kill -9 $$' & wait $!; echo $?
for i in 1 2 3; do (exit $i) & done; wait; echo all
a=$( (sleep 0.02; echo slow) & echo fast; wait); echo "$a"
wait 99999; echo $?
{ sleep 0.01; echo behind; } & wait
sh -c 'kill $$'; echo $?
true & wait $!; echo $?
echo one | { read x; echo "got $x"; } | cat
yes | head -n 2
(echo a; echo b; echo c) | while read x; do n=$x; done; echo "[$n]"
x=$(yes | head -n 100 | wc -l); echo $x
cat </dev/null & wait $!; echo $?
