# A longer one: the sieve of Eratosthenes, with variables as an array.
n=60
i=2
while [ $i -le $n ]; do eval "composite_$i=0"; i=$((i + 1)); done
i=2
while [ $((i * i)) -le $n ]; do
    eval "c=\$composite_$i"
    if [ "$c" = 0 ]; then
        k=$((i * i))
        while [ $k -le $n ]; do eval "composite_$k=1"; k=$((k + i)); done
    fi
    i=$((i + 1))
done
i=2; found=
while [ $i -le $n ]; do
    eval "c=\$composite_$i"
    [ "$c" = 0 ] && found="$found $i"
    i=$((i + 1))
done
echo "primes:$found"
