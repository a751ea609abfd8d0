# What both kinds of conformance programs need: sourced by gcc_torture.sh and csmith.sh, which set PEACH.

# run_on_guest FILE...: one boot for all of them; prints a line "NAME STATUS LAST-LINE-OF-OUTPUT" for each that ended.
run_on_guest() {
    local arguments=() file
    for file in "$@"; do arguments+=(--add "$file:/t/$(basename "$file")"); done
    timeout 300 "$PEACH" run --max-cycles 6000000000 "${arguments[@]}" -- \
        sh -c 'for p in /t/*; do (ulimit -t 5000; exec $p) >/tmp/said 2>/dev/null </dev/null
               echo "DONE ${p#/t/} $? $(tail -n 1 /tmp/said)"; done' </dev/null 2>/dev/null |
        tr -d '\000' | sed -n 's/^DONE //p' || true
}

# run_all LIST_FILE BATCH: the files named in the list, in boots of so many, several boots at a time. What a batch did not come
# to, because a program before it did not end, runs alone.
run_all() {
    local list=$1 batch=$2 folder
    folder=$(mktemp -d)
    split -l "$batch" "$list" "$folder/batch."
    for part in "$folder"/batch.*; do [ -f "$part" ] && echo "$part"; done |
        xargs -r -P "${JOBS:-$(nproc)}" -I{} bash -c 'run_on_guest $(cat {})' >"$folder/ran"
    cat "$folder/ran"
    while read -r file; do
        grep -q "^$(basename "$file") " "$folder/ran" || run_on_guest "$file"
    done <"$list"
    rm -rf "$folder"
}
export -f run_on_guest
export PEACH
