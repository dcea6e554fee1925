#!/bin/sh
# The list that another team mails on Friday at 17:00 becomes findings with the officer's
# words, after a look at whom it hits; a sample becomes a feed file that works.
set -u
waker=$(realpath "$1")
tree=$(realpath "$(dirname "$0")/../..")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
export WAKER_FEEDS="$tree/feeds" WAKER_HOME="$dir/home" WAKER_NOW=2026-03-06T17:00:00Z
n=0

is() { # SENTENCE STATUS PATTERN COMMAND…: the status, and the pattern in what is said
	n=$((n + 1))
	says=$1 status=$2 pattern=$3
	shift 3
	"$@" >out 2>&1 </dev/null
	got=$?
	if test $got = "$status" && grep -q -e "$pattern" out; then
		echo "ok $n - once: $says"
	else
		echo "not ok $n - once: $says"
		echo "# status $got, wanted $status and '$pattern':"
		sed 's/^/# /' out
	fi
}

"$waker" init --example home >/dev/null 2>&1
printf 'member,kind,value\nm1,prefix,192.0.2.0/24\nm2,domain,two.example\n' >roster.csv
"$waker" member add m1 One --kind hospital >/dev/null 2>&1
"$waker" member add m2 Two --kind hospital >/dev/null 2>&1
"$waker" member import roster.csv >/dev/null 2>&1
{
	printf 'From: CERT X <cert@x.example>\nTo: soc@two.example\nSubject: hxxp://bad[.]example\n\nDear all,\nseen today:\n'
	i=1
	while test $i -le 200; do
		printf -- '- 192[.]0[.]2[.]%d (port 443)\n> 198.51.100.%d, 04:11\n' $i $i
		i=$((i + 1))
	done
	printf 'and the address 192.0.2.999, and http://www.two.example/x.\n\nKind regards,\nsoc@x.example\n'
} >mail.txt
set -- "$waker" once mail.txt --issue infected.gate --title 'Hosts of gate, by "CERT X"'
is "a dry run shows whom it hits, and keeps nothing" 0 'm1.*200' "$@" --dry-run
is "not those who are only written to" 0 'm2.One.*1\|m2	Two	1' "$@" --dry-run
is "what could not be read is told with its line" 0 'record 407: an address that cannot be read' "$@" --dry-run
is "without a yes it stops" 77 'would make findings of 201 records for 2 members' "$@"
is "and has kept nothing" 0 '^0$' sh -c "'$waker' finding list --json | wc -l"
is "with it there are findings" 0 'once-2026-03-06-hosts-of-gate-by-cert-x	201' "$@" --yes
is "that carry the officer's words" 0 '"event_description.text":"Hosts of gate, by ."CERT X."' \
	sh -c "'$waker' finding explain \$('$waker' finding list --of m2 --json | sed 's/.*\"id\":\"\([^\"]*\).*/\1/') --json"
is "a paste is a list, too" 0 'once-2026-03-06-paste	1' \
	sh -c "printf '192.0.2.7;443\n198.51.100.1;443\n' | '$waker' once - --issue exposed.rdp --title paste --columns ip,port --yes"
is "what it is about must be an issue" 64 "no issue called" "$waker" once mail.txt --issue nonsense --title x
is "a title is needed" 64 'say --issue' "$waker" once mail.txt --issue exposed.rdp
is "text without anything of the net is told so" 65 'nothing in it is an address' \
	sh -c "echo 'Dear all, nothing today.' | '$waker' once - --issue exposed.rdp --title x"
is "nothing of it stays in the spool" 0 '^0$' sh -c "ls home/spool | wc -l"

printf 'seen;ip;port;user;pass\n2026-03-06 04:11;192.0.2.8;443;j@two.example;hunter2\n' >sample.csv
is "a sample becomes a draft of a feed file" 0 'wrote' "$waker" feed new sample.csv acme --write
is "which is tested without storing anything" 0 'source.ip *192.0.2.8' "$waker" feed test acme sample.csv --table
is "and never shows a password" 0 '^clean$' sh -c "'$waker' feed parse acme sample.csv | grep -q hunter2 || echo clean"
is "a feed that is there is not written over" 75 'is there' "$waker" feed new sample.csv acme --write
is "and makes findings" 0 '^acme' "$waker" feed run acme sample.csv
echo "1..$n"
