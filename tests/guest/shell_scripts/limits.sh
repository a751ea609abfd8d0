# Limits that a shell sets hold for what it starts.
ulimit -t
ulimit -f
ulimit -n 14; ulimit -n; ulimit -Hn
(ulimit -S -n 8; ulimit -n; ulimit -S -n; ulimit -H -n)
(ulimit -n 5; ulimit -n); ulimit -n
sh -c 'ulimit -n'
ulimit -t 100; ulimit -t; ulimit -S -t 50; ulimit -t; ulimit -S -t unlimited; echo $?
ulimit -s 512; ulimit -s
(ulimit -f 2; ulimit -f; yes | head -c 1024 >within; wc -c <within)
ulimit -t nonsense; echo $?
ulimit -Q; echo $?
ulimit -f unlimited; ulimit -f
(ulimit -v 4000; ulimit -v)
(ulimit -c 10; ulimit -c; ulimit -d 200000; ulimit -d)
times >counted; wc -l <counted
