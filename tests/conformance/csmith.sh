#!/usr/bin/env bash
# csmith.sh COUNT RESULT_FILE: programs of csmith's seeds 1 to COUNT, on the guest and under the oracle, must print the same
# checksum of all their variables. The result file gets a line for each: "pass", "fail" or "skip", the seed and the reason.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
count=$1 result=$2
: "${PEACH:?}" "${PEACH_TOOLCHAIN:?}"
. "$here/guest.sh"
. "$here/oracle.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

oracle_start "$work/oracle_start.o"
seq 1 "$count" | xargs -P "${JOBS:-$(nproc)}" -I{} bash "$here/csmith_one.sh" {} "$work" >"$result"
find "$work" -name '*.program' | sort -V >"$work/files"
run_all "$work/files" 20 >"$work/ran"
while read -r file; do
    seed=$(basename "$file" .program)
    expected=$(cat "$work/$seed.expected")
    said=$(sed -n "s/^$seed\.program 0 //p" "$work/ran" | head -n 1)
    if [ "$said" = "$expected" ]; then echo "pass $seed"; else echo "fail $seed \"$said\" instead of \"$expected\""; fi
done <"$work/files" >>"$result"
