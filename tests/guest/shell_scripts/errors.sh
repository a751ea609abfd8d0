# Errors: statuses, not words.
exec 2>/dev/null
nosuchcommand; echo $?
./nosuch; echo $?
/; echo $?
(: ${unset_thing:?message}; echo never); echo $?
sh -c 'if true; then'; echo $?
sh -c 'echo "open'; echo $?
sh -c 'for 1 in a; do :; done'; echo $?
sh -c 'fi'; echo $?
sh -c 'echo $((1/0)); echo never'; echo $?
sh -c 'echo $((1+)); echo never'; echo $?
sh -c 'set -e; true; (exit 3); echo never'; echo $?
sh -c 'set -e; if false; then :; fi; false || true; ! true; echo reached; false; echo never'; echo $?
sh -c 'set -e; f() { false; echo in; }; f || echo handled; f; echo never'; echo $?
sh -c 'set -u; echo "${x-fine}"; echo $x; echo never'; echo $?
sh -c 'shift 5; echo never'; echo $?
sh -c 'cd /nosuch; echo $?'
sh -c 'readonly x=1; x=2; echo never'; echo $?
sh -c 'return 3; echo never'; echo $?
sh -c '. /nosuch/file; echo never'; echo $?
sh -c 'exit 256'; echo $?; sh -c 'exit -1'; echo $?
sh -c 'break; echo after'; echo $?
sh -c 'echo a | | b'; echo $?
sh -c ';;'; echo $?
sh -c 'case x in'; echo $?
sh -c '{ echo a'; echo $?
sh -c 'f( { :; }'; echo $?
