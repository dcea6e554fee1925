#!/bin/sh
# Whatever a publisher ships, one file describes it: each format becomes events, and nothing is lost silently.
set -u
waker=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
unset WAKER_HOME WAKER_NOW
export WAKER_FEEDS="$dir"
n=0

feed() { # the lines behind [feed] come on standard input
	{ printf '[feed]\nname = f\nrole = context\n'; cat; } >"$dir/f.feed"
}

gives() { # SENTENCE WANTED [OPTION…]: what feed parse makes of $dir/in, without what stands in front of each line
	n=$((n + 1))
	says=$1 wanted=$2
	shift 2
	"$waker" feed parse f "$dir/in" "$@" >"$dir/out" 2>"$dir/err" </dev/null
	sed -i 's/^{"__type":"Event","feed.name":"f",*/{/' "$dir/out"
	if printf '%b' "$wanted" | cmp -s - "$dir/out"; then
		echo "ok $n - formats: $says"
	else
		echo "not ok $n - formats: $says"
		sed 's/^/# /' "$dir/out" "$dir/err"
	fi
}

feed <<'F'
[format]
kind = xml
records = rss.channel.item
[columns]
link = source.url
link@id = extra.id
F
printf '<?xml version="1.0"?><rss><channel><title>t</title><item><link id="7">http://a.example/?x=1&amp;y=2</link></item>
<item><link>http://b.example/</link></item></channel></rss>' >"$dir/in"
gives "elements of XML, with attributes and entities" '{"extra.id":"7","source.url":"http://a.example/?x=1&y=2"}
{"source.url":"http://b.example/"}
'

feed <<'F'
[format]
kind = html
table = class=wanted
header = yes
[columns]
Host = source.ip
F
printf '<html><table><tr><td>no</td></tr></table><table class="big wanted"><tr><th>Host</th><th>Seen</th></tr>
<tr><td><a href="/x">192.0.2.1</a></td><td>today</td></tr></table></html>' >"$dir/in"
gives "rows of the table that is meant in a page of HTML" '{"source.ip":"192.0.2.1","extra.seen":"today"}
'

feed <<'F'
[format]
kind = html
skip = 1
[columns]
first = source.ip
second = extra.what
F
printf '<table><tr><td>Host<td>What<tr><td>192.0.2.1<td>bot</table>' >"$dir/in"
gives "rows without headings, by the order of the columns" '{"source.ip":"192.0.2.1","extra.what":"bot"}
'

feed <<'F'
[format]
kind = key-value
[columns]
src = source.ip
msg = event_description.text
F
printf 'Mar 2 host fw: src=192.0.2.1 msg="port scan" dpt=22\n' >"$dir/in"
gives "pairs of a line, with what is no pair between" '{"source.ip":"192.0.2.1","event_description.text":"port scan","extra.dpt":"22"}
'

feed <<'F'
[format]
kind = json
records = indicators
context = .
[columns]
value = source.ip
^.name = event_description.text
* = none
F
printf '[{"name":"a","indicators":[{"value":"192.0.2.1"},{"value":"192.0.2.2"}]},{"name":"b","indicators":[{"value":"192.0.2.3"}]}]' >"$dir/in"
gives "records whose context is the top-level object" '{"source.ip":"192.0.2.1","event_description.text":"a"}
{"source.ip":"192.0.2.2","event_description.text":"a"}
{"source.ip":"192.0.2.3","event_description.text":"b"}
'

feed <<'F'
[format]
kind = delimited
separator = |
comment = #
ragged = yes
[head]
made = "generated on"
[columns]
ip = source.ip
what = extra.what
made = time.source
F
printf '# generated on 2026-03-02 04:05:06\n  # a comment behind blanks\n192.0.2.1\n192.0.2.2|x|y\n   \n' >"$dir/in"
gives "rows shorter and longer than their names, and the time in a comment" '{"source.ip":"192.0.2.1","time.source":"2026-03-02T04:05:06Z"}
{"source.ip":"192.0.2.2","extra.what":"x","time.source":"2026-03-02T04:05:06Z"}
'
gives "the bytes of each record, where they are asked for" '{"source.ip":"192.0.2.1","time.source":"2026-03-02T04:05:06Z","raw":"MTkyLjAuMi4x"}
{"source.ip":"192.0.2.2","extra.what":"x","time.source":"2026-03-02T04:05:06Z","raw":"MTkyLjAuMi4yfHh8eQ=="}
' --raw

sed -i 's/^what = .*/what = extra.what secret/' "$dir/f.feed"
gives "but never of a feed with secrets" '{"source.ip":"192.0.2.1","time.source":"2026-03-02T04:05:06Z"}
{"source.ip":"192.0.2.2","extra.what":"present","time.source":"2026-03-02T04:05:06Z"}
' --raw

feed <<'F'
[format]
kind = delimited
separator = |
[columns]
where = source.ip | endpoint address
where = source.port | endpoint port
where = source.fqdn | endpoint name
what = extra.what
[drop]
taken off the list = what is gone
F
printf '192.0.2.1:80|new\n192.0.2.2|gone\nhost.example ([2001:db8::1]):443|new\nhost.example (2001:db8::1):443|new\n' >"$dir/in"
gives "address, name and port of one cell; what a rule leaves out is none" '{"source.ip":"192.0.2.1","source.port":80,"extra.what":"new"}
{"extra.where":"host.example ([2001:db8::1]):443","extra.what":"new"}
{"source.ip":"2001:db8::1","source.port":443,"source.fqdn":"host.example","extra.what":"new"}
'
n=$((n + 1))
grep -q 'f: in: records left out by rule .*: 1' "$dir/err" && echo "ok $n - formats: which is said" || { echo "not ok $n - formats: which is said"; sed 's/^/# /' "$dir/err"; }
"$waker" feed test f "$dir/in" --table >"$dir/out" 2>"$dir/err"
n=$((n + 1))
grep -q 'extra.where *1 .* 1  *host.example (\[2001' "$dir/out" && echo "ok $n - formats: and what does not fit is shown with its first value" || { echo "not ok $n - formats: and what does not fit is shown with its first value"; sed 's/^/# /' "$dir/out"; }

feed <<'F'
[format]
kind = delimited
separator = ,
comment = #
header = yes
[columns]
ip = source.ip
asn = source.asn
F
{ echo 'ip,asn' && yes '# what fills a buffer' | head -n 50000 && echo '192.0.2.1,none'; } >"$dir/in"
gives "the names of the header, far behind it" '{"source.ip":"192.0.2.1","extra.asn":"none"}
'
n=$((n + 1))
if "$waker" feed parse f "$dir/in" 2>&1 >/dev/full | grep -q "the output takes no more: No space left on device"; then
	echo "ok $n - formats: an output that is full is said, not the end of a child"
else
	echo "not ok $n - formats: an output that is full is said, not the end of a child"
fi
echo "1..$n"
