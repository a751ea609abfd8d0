# Counts words with functions and case, as people write scripts.
usage() { echo "usage: $0 [-n]" >&2; return 2; }
count() {
    total=0
    while read -r word rest; do
        while [ -n "$word" ]; do
            total=$((total + 1))
            case $word in
                *[!a-zA-Z]*) odd="$odd $word" ;;
                ???) three="$three $word" ;;
            esac
            set -- $rest
            word=${1-}
            [ $# -gt 0 ] && shift
            rest="$*"
        done
    done
}
count <<end
The quick brown fox jumps over the lazy dog.
She sells sea shells, by the sea shore: 42 of them!

end
echo "$total words"
echo "three letters:$three"
echo "odd:$odd"
usage 2>/dev/null || echo "usage said $?"
reverse() { [ $# -eq 0 ] || { local first=$1; shift; reverse "$@"; printf '%s ' "$first"; }; }
reverse a b c d e; echo
join() { local IFS=$1; shift; echo "$*"; }
join , x y z; join ' ' x y z
max() { local m=$1; for v in "$@"; do [ "$v" -gt "$m" ] && m=$v; done; echo $m; }
max 3 17 5 11
