echo one >a; echo two >>a; cat a
cat <a >b; cat b
(echo out; echo err >&2) >o 2>e; cat o; cat e
(echo out; echo err >&2) >both 2>&1; cat both
(echo out; echo err >&2) 2>&1 >/dev/null | cat
cat <<end
plain $((1+1)) $(echo sub) `echo back` \$escaped \\ "quotes" 'stay'
end
cat <<'end'
$nothing `is` $((expanded)) \$ \\
end
	cat <<-end
	tabs
		are removed
	end
cat <<a; cat <<b
first
a
second
b
x=value; cat <<end | tr a-z A-Z
piped $x
end
while read a b; do echo "$b $a"; done <<end
1 one
2 two three
end
exec 3>f; echo to three >&3; exec 3>&-; cat f
exec 4<f; read line <&4; echo "$line"; exec 4<&-
echo kept; { echo gone; } >/dev/null; echo kept
f() { echo from function; }; f >g; cat g
echo x 1>&2 2>/dev/null | cat
cat nosuch 2>/dev/null; echo $?
cat < nosuch 2>/dev/null; echo "status $?"
: >empty; wc -c <empty
echo "a b" >'file with blank'; cat 'file with blank'
n=name; echo text >$n.txt; cat name.txt
echo first >rw; echo X 1<>rw; cat rw
i=0; while [ $i -lt 300 ]; do echo "line $i of a here-document that does not fit into a pipe"; i=$((i+1)); done >long
cat <<end | wc
$(cat long)
end
if true; then echo in; fi >inif; cat inif
(cd /; pwd) >p; cat p
echo over >|a; cat a
read x <<end
one line
end
echo "[$x]"
