# each_line.sh FILE: runs each line of a file as a script of its own, in a folder of its own. `#` begins a comment.

number=0
while IFS= read -r line; do
    case $line in '#'*) continue ;; esac
    number=$((number + 1))
    mkdir $number
    printf '%s\n' "--- $line"
    (cd $number && sh -c "$line" </dev/null)
    echo "=== $?"
done <"$1"
