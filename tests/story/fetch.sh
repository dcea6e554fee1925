#!/bin/sh
# What publishers have becomes findings, whatever they do: nothing is lost, nothing doubled,
# and an officer is told who can do what. usage: fetch.sh WAKER
set -u
waker=$(realpath "$1")
feeds=$(realpath "$(dirname "$0")/../../feeds")
fake=$(realpath "$(dirname "$0")/../fake")
dir=$(mktemp -d)
n=0
cd "$dir" || exit 1
. "$fake/start.sh"

ok() { n=$((n + 1)); echo "ok $n - fetch: $1"; }
no() { n=$((n + 1)); echo "not ok $n - fetch: $1"; shift; printf '%s\n' "$@" | sed 's/^/# /'; sed 's/^/# /' out said 2>/dev/null | head -n 30; }
check() { # SENTENCE COMMAND…
	says=$1
	shift
	if "$@"; then ok "$says"; else no "$says" "false: $*"; fi
}
fetch() { # STATUS PATTERN ARGUMENT…: what `waker feed fetch` ends with and says
	want=$1 pattern=$2
	shift 2
	"$waker" feed fetch "$@" >out 2>said
	got=$?
	test $got = "$want" && cat out said | grep -q -e "$pattern" || { echo "# status $got, wanted $want and '$pattern'" >>said; return 1; }
}
findings() { "$waker" finding list --all --json 2>/dev/null | grep -vc '"state":"void"'; }
mood() { echo "$2" >"$1/mood"; }
feed() { # NAME OF FETCH…: a feed file like the installed one OF, with these lines of [fetch]
	name=$1 of=$2
	shift 2
	{
		sed "0,/^name = .*/s//name = $name\\nenabled = yes/; /^\[fetch\]/,/^\[/{/^\[fetch\]/d;/^\[/!d}" "$feeds/$of.feed"
		printf '\n[fetch]\nprivate = yes\nwait = 24 seconds\nmost = 4 MiB\n'
		printf '%s\n' "$@"
	} >"$WAKER_HOME/feeds/$name.feed"
}
spool() { find "$WAKER_HOME/spool" -type f ! -name .lock | wc -l; }
sql() { python3 -c "import sqlite3, sys; print(*[c for r in sqlite3.connect('$WAKER_HOME/waker.db').execute(sys.argv[1]) for c in r])" "$1"; }

unset WAKER_NOW
export WAKER_HOME="$dir/home" WAKER_FEEDS="$dir/none"
mkdir none
"$waker" init --example home >/dev/null 2>&1
export WAKER_NOW=2026-03-02T06:00:00Z
cat >roster.csv <<'END'
record,member,names,kind,umbrellas,role,mail,value,since
member,m1,First,hospital,,,,,
asset,m1,,prefix,,,,192.0.2.0/24,2026-01-01
asset,m1,,domain,,,,m1.example,
END
"$waker" member import roster.csv --yes >/dev/null 2>&1

# ---- a list at a URL
peer pub publisher
url=http://127.0.0.1:$port
list() { printf '192.0.2.%s\n' "$@" >pub/served/list.txt; seq 300 | sed 's/^/198.51.100./' >>pub/served/list.txt; }
list 7
feed list generic-iplist "from = $url/list.txt"
check "a dry run shows what would come, and changes nothing" fetch 0 'dry run' list --dry-run
test "$(findings) $(spool)" = "0 0" && ok "and leaves nothing behind" || no "and leaves nothing behind" "$(findings) $(spool)"
check "a list becomes findings" fetch 0 'fetched' list
test "$(findings) $(spool)" = "1 0" && ok "one, and its file is gone from the spool" || no "one, and its file is gone from the spool"
check "what is not changed is told as nothing new" fetch 0 'nothing new' list
check "by the publisher's own mark, without its bytes" grep -q '"[0-9a-f]*" waker/' pub/log
check "without a name only what is due is fetched" fetch 0 'nothing is due before 2026-03-02T07:00:00Z'
list 7 8
WAKER_NOW=2026-03-02T07:00:01Z
check "when its time has come it is" fetch 0 'fetched'
test "$(findings)" = 2 && ok "with what is new in it" || no "with what is new in it" "$(findings)"

printf '192.0.2.20\n' >pub/served/ssh.txt
printf '192.0.2.21\n' >pub/served/mail.txt
feed lists blocklist-de "from = $url/ssh.txt" "from = $url/gone.txt" "from = $url/mail.txt"
check "of several lists one that is not there is told by its name" fetch 78 'lists: gone.txt: there is nothing at this address' lists
test "$(findings) $(spool)" = "6 0" && ok "and the others are read, each as its name says" || no "and the others are read, each as its name says" "$(findings)"
cp pub/served/mail.txt pub/served/gone.txt
echo '192.0.2.22' >>pub/served/mail.txt
sed -i 's/gone.txt/ftp.txt/' home/feeds/lists.feed
mv pub/served/gone.txt pub/served/ftp.txt
: >pub/log
check "then what is new comes" fetch 0 'fetched' lists
grep -q '/ssh.txt "[0-9a-f]*" waker' pub/log && grep -q '/mail.txt "[0-9a-f]*" waker' pub/log && ok "and each is asked for by its own mark" || no "and each is asked for by its own mark" "$(cat pub/log)"
mkdir -p pub/served && cp pub/served/ssh.txt pub/served/twin.txt
feed twins generic-iplist "from = $url/a/twin.txt" "from = $url/b/twin.txt"
check "two lists of one name are two" fetch 0 'fetched' twins
rm home/feeds/lists.feed home/feeds/twins.feed
before=$(findings)

# ---- a publisher that misbehaves
list 7 8 9
WAKER_NOW=2026-03-02T08:00:00Z
mood pub "429 1800"
check "a publisher that asks to wait is left alone until then" fetch 75 'asks to wait.*tried again from 2026-03-02T08:30:00Z' list
mood pub "status 500"
check "a failure is tried again, later each time" fetch 75 'status 500.*tried again from 2026-03-02T08:10:00Z' list
mood pub drip
check "one that sends drop by drop is given up" fetch 75 'too slow' list
mood pub cut
check "an answer that is cut off is none" fetch 75 'cut off' list
mood pub loop
check "a redirect without end is refused" fetch 75 'over 3 redirects' list
mood pub huge
check "more bytes than the feed may have are refused" fetch 65 'over 4194304 bytes' list
mood pub bomb
check "so is what grows over them when decompressed" fetch 65 'over 4194304 bytes when decompressed' list
test "$(findings) $(spool)" = "$before 0" && ok "and nothing of all these became a finding or stayed" || no "and nothing of all these became a finding or stayed" "$(findings) $(spool)"
mood pub html
check "a page instead of the list is held, with what it is" fetch 65 'web page.*held' list
mood pub gzip
check "the list compressed is read, and replaces what was held" fetch 0 'fetched' list
test "$(findings) $(spool)" = "$((before + 1)) 0" && ok "with what was new meanwhile: nothing is lost" || no "with what was new meanwhile: nothing is lost" "$(findings) $(spool)"
mood pub ""
feed gone generic-iplist "from = $url/gone.txt"
check "a file that is not there is the feed file's matter" fetch 78 'nothing at this address.*it needs you' gone
feed odd generic-iplist "frm = $url/x"
check "a mistake in [fetch] is told with its line" fetch 78 'did you mean "from"' odd
rm home/feeds/odd.feed
feed inside generic-iplist "from = http://localhost:$port/list.txt" "private = no"
check "a name that leads inside is refused, by its address" fetch 78 'refused, unless the feed file says private = yes' inside
for to in 169.254.169.254 10.0.0.1 '[::1]' '[::ffff:127.0.0.1]' 2130706433 '[64:ff9b::7f00:1]'; do
	feed inside generic-iplist "from = http://$to:$port/list.txt" "private = no"
	check "so is $to" fetch 78 'refused, unless' inside
done
feed inside generic-iplist "from = http://127.0.0.1:$port/list.txt" "private = no"
rm home/feeds/inside.feed
feed mailed generic-iplist "from = mail"
check "what a publisher sends is not fetched, and that is said" fetch 0 'its publisher sends it' mailed
feed streamed generic-iplist "from = stream"
check "a way in that is not built yet says so" fetch 0 'not built yet' streamed

# ---- credentials
feed secret generic-iplist "from = $url/secret/list.txt" "auth = header Auth-Key" "credentials = pub"
check "credentials that are not there are asked for by name" fetch 78 'write .*/credentials/pub' secret
echo 'token = open sesame' >home/credentials/pub
chmod 644 home/credentials/pub
check "a secret that others may read is refused" fetch 78 'chmod 600' secret
chmod 600 home/credentials/pub
check "with them it is fetched" fetch 0 'fetched' secret
echo 'token = wrong' >home/credentials/pub
rm -f pub/mood
feed secret generic-iplist "from = $url/secret/other.txt" "auth = header Auth-Key" "credentials = pub"
check "refused ones are told by name, with what the publisher says" fetch 78 'refuses the credentials "pub" (status 403): "no such key"' secret
printf 'user = me\npassword = open sesame\n' >home/credentials/basic
chmod 600 home/credentials/basic
feed basic generic-iplist "from = $url/basic/list.txt" "auth = basic" "credentials = basic"
check "user and password work too" fetch 0 'fetched' basic
peer other publisher
printf '192.0.2.77\n' >other/served/secret.txt
echo 'token = open sesame' >home/credentials/pub
mood pub "/secret/moved to http://127.0.0.1:$port/secret.txt"
feed secret generic-iplist "from = $url/secret/moved.txt" "auth = header Auth-Key" "credentials = pub"
fetch 0 'fetched' secret && grep -q secret.txt other/log && ! grep -q Auth-Key other/log && ok "a secret does not follow a redirect to another host" || no "a secret does not follow a redirect to another host" "$(cat other/log)"
! grep -r -q 'open sesame' home --exclude-dir=credentials && ok "no secret is in the store or the spool" || no "no secret is in the store or the spool"
rm -f pub/mood

# ---- TLS
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out good.pem -days 2 \
	-subj /CN=localhost -addext subjectAltName=DNS:localhost >/dev/null 2>&1
mkdir ca && : >ca/index && echo 01 >ca/serial
printf '[ca]\ndefault_ca=a\n[a]\ndir=ca\ndatabase=ca/index\nserial=ca/serial\nnew_certs_dir=ca\ndefault_md=sha256\npolicy=p\nx509_extensions=x\n[p]\ncommonName=supplied\n[x]\nbasicConstraints=CA:TRUE\nsubjectAltName=DNS:localhost\n' >ca/conf
openssl req -new -key key.pem -subj /CN=localhost -out ca/req >/dev/null 2>&1
openssl ca -batch -config ca/conf -selfsign -keyfile key.pem -in ca/req -out old.pem -notext \
	-startdate 20200101000000Z -enddate 20200201000000Z >/dev/null 2>&1
peer tls publisher good.pem key.pem
safe=$port
cp pub/served/list.txt tls/served/
feed tls generic-iplist "from = https://localhost:$safe/list.txt" "ca = $dir/good.pem"
check "https is fetched by a certificate that the feed file trusts" fetch 0 'fetched' tls
feed untrusted generic-iplist "from = https://localhost:$safe/list.txt"
check "one that nobody trusts is refused" fetch 75 'certificate does not hold' untrusted
feed named generic-iplist "from = https://127.0.0.1:$safe/list.txt" "ca = $dir/good.pem"
check "so is one for another name" fetch 75 'certificate does not hold' named
peer old publisher old.pem key.pem
cp pub/served/list.txt old/served/
feed old generic-iplist "from = https://localhost:$port/list.txt" "ca = $dir/old.pem"
check "and one that has expired" fetch 75 'certificate does not hold.*expired' old
echo '192.0.2.99' >>tls/served/list.txt
mood tls "to $url/list.txt"
check "a redirect from https to plain http is refused" fetch 75 'https to plain http' tls

# ---- a folder
mkdir drop && printf '192.0.2.50\n' >drop/a.txt && printf '192.0.2.51\n' >drop/b.txt
feed drop generic-iplist "from = folder:$dir/drop"
before=$(findings)
check "the files of a folder are taken" fetch 0 'fetched' drop
test "$(findings)" = $((before + 2)) && test -e drop/a.txt && ok "and left where they are" || no "and left where they are"
check "once" fetch 0 'nothing new' drop

# ---- Shadowserver
peer shadow shadowserver
report() { printf '"timestamp","severity","ip","protocol","port","hostname","tag","asn"\n"%s 01:00:00","high","%s","tcp","23","","telnet","64500"\n' "$1" "$3" >"shadow/served/$1-$2-nl.csv"; }
report 2026-03-01 scan_telnet 192.0.2.60
report 2026-03-01 scan_rdp 192.0.2.61
feed shadowserver shadowserver "from = shadowserver:http://127.0.0.1:$port/api2/" "auth = hmac" "credentials = shadow"
printf 'key = the key\nsecret = wrong\n' >home/credentials/shadow
chmod 600 home/credentials/shadow
check "a wrong secret is told by the name of the credentials" fetch 78 'refuses the credentials "shadow".*HMAC2' shadowserver
test "$(sql 'select complete, types from listing where day = 1772323200000000')" = '0 []' && ok "and the day's listing is noted as incomplete" || no "and the day's listing is noted as incomplete" "$(sql 'select * from listing')"
printf 'key = the key\nsecret = the secret\n' >home/credentials/shadow
before=$(findings)
check "listed reports become findings" fetch 0 'fetched' shadowserver
test "$(findings)" = $((before + 2)) && ok "each by its type" || no "each by its type" "$(findings)"
test "$(sql 'select complete, types from listing where day = 1772323200000000')" = '1 ["scan_rdp","scan_telnet"]' && ok "and the listing is noted as complete" || no "and the listing is noted as complete" "$(sql 'select * from listing')"
: >shadow/log
check "what is done is not fetched again" fetch 0 'nothing new' shadowserver
check "only listed" sh -c '! grep -q ^download shadow/log && grep -q ^list shadow/log'
report 2026-03-02 scan_telnet 192.0.2.60
WAKER_NOW=2026-03-03T06:00:00Z
check "a listing that lacks a type is complete all the same" fetch 0 'fetched' shadowserver
test "$(sql 'select complete, types from listing where day = 1772409600000000')" = '1 ["scan_telnet"]' && ok "which says that the type was absent" || no "which says that the type was absent" "$(sql 'select * from listing')"
report 2026-03-03 scan_telnet 192.0.2.62
report 2026-03-03 scan_rdp 192.0.2.63
mood shadow "/reports/download status 500"
before=$(findings)
check "a report that does not come leaves the day incomplete" fetch 75 'scan_rdp.*status 500' shadowserver
test "$(sql 'select complete from listing where day = 1772496000000000') $(findings)" = "0 $before" && ok "and it is known that it is missing" || no "and it is known that it is missing" "$(sql 'select * from listing')"
mood shadow "/reports/list html"
check "a page instead of a listing is a failure" fetch 75 'listing is not the JSON' shadowserver
mood shadow "/reports/list cut"
check "so is half a listing" fetch 75 'cut off' shadowserver
test "$(sql 'select complete from listing where day = 1772409600000000')" = 1 && ok "and does not undo what was complete" || no "and does not undo what was complete"
rm shadow/mood
check "then all of it comes" fetch 0 'fetched' shadowserver
test "$(findings) $(sql 'select complete from listing where day = 1772496000000000')" = "$((before + 2)) 1" && ok "and the day is complete" || no "and the day is complete" "$(findings)"
sed 's/"ip"/"address"/' shadow/served/2026-03-03-scan_rdp-nl.csv >shadow/served/2026-03-04-scan_rdp-nl.csv
report 2026-03-04 scan_telnet 192.0.2.64
WAKER_NOW=2026-03-04T06:00:00Z
check "a report with changed columns is held with the column's name" fetch 65 '"ip".*held' shadowserver
test "$(findings) $(sql 'select complete from listing where day = 1772582400000000')" = "$((before + 3)) 0" && ok "the others are read, and the day is not complete" || no "the others are read, and the day is not complete" "$(findings) $(sql 'select * from listing')"
rm home/spool/shadowserver/* shadow/served/2026-03-04-scan_rdp-nl.csv
report 2026-02-20 scan_rdp 192.0.2.65
check "a day of the past is fetched when it is asked for" fetch 0 'fetched' shadowserver --date 2026-02-20
test "$(sql 'select complete, types from listing where day = 1771545600000000')" = '1 ["scan_rdp"]' && ok "and its listing is known too" || no "and its listing is known too" "$(sql 'select * from listing')"

# ---- MISP and n6
event() { # FOLDER NUMBER TIMESTAMP ADDRESS
	uuid=$(printf '00000000-0000-4000-8000-%012d' "$2")
	printf '{"Event":{"uuid":"%s","info":"x","timestamp":"%s","Attribute":[{"type":"ip-dst","to_ids":true,"timestamp":"%s","value":"%s"}]}}' \
		"$uuid" "$3" "$3" "$4" >"$1/served/$uuid.json"
}
peer misp misp
python3 - "$dir/misp/served" <<'END'
import json, sys
for i in range(120):
    e = {"Event": {"uuid": f"u{i}", "timestamp": "1772400000", "Attribute": [{"type": "ip-dst", "to_ids": True, "timestamp": "1772400000", "value": f"192.0.2.{100 + i}"}]}}
    open(f"{sys.argv[1]}/{i:04}.json", "w").write(json.dumps(e))
END
echo 'token = the key' >home/credentials/misp
chmod 600 home/credentials/misp
feed misp misp "from = misp:http://127.0.0.1:$port/" "auth = header Authorization" "credentials = misp"
before=$(findings)
check "a MISP is read page by page until a short one" fetch 0 'fetched' misp
test "$(findings) $(grep -c ^page misp/log)" = "$((before + 120)) 3" && ok "all of its events, in three pages" || no "all of its events, in three pages" "$(findings) was $before" "$(cat misp/log)"
event misp 900 1772607600 192.0.2.240
check "then only for what changed since" fetch 0 'fetched' misp
test "$(findings)" = $((before + 121)) && grep -q 'page 1 limit 50 timestamp 17726' misp/log && ok "by its time" || no "by its time" "$(cat misp/log)"
mood misp same
feed endless misp "from = misp:http://127.0.0.1:$port/" "auth = header Authorization" "credentials = misp"
check "one that gives the same page for ever is told so" fetch 75 'same page again' endless
rm misp/mood
peer mispfeed misp_feed
event mispfeed 1 1772400000 192.0.2.241
event mispfeed 2 1772400000 192.0.2.242
feed mispfeed misp-events "from = misp:http://127.0.0.1:$port/feed/manifest.json"
before=$(findings)
check "the directory of a MISP feed is fetched" fetch 0 'fetched' mispfeed
test "$(findings)" = $((before + 2)) && ok "event by event" || no "event by event"
check "its manifest tells when nothing is new" fetch 0 'nothing new' mispfeed
event mispfeed 2 1772400001 192.0.2.243
: >mispfeed/log
check "and which events changed" fetch 0 'fetched' mispfeed
test "$(grep -c 000000000001.json mispfeed/log) $(grep -c 000000000002.json mispfeed/log)" = "0 1" && ok "only those are fetched" || no "only those are fetched" "$(cat mispfeed/log)"
event mispfeed 3 1772400002 192.0.2.244
event mispfeed 4 1772400002 192.0.2.245
mood mispfeed "/00000000-0000-4000-8000-000000000003.json status 500"
before=$(findings)
fetch 75 '000000000003.*status 500' mispfeed && test "$(findings)" = $((before + 1)) && ok "an event that does not come is told, and the others are read" || no "an event that does not come is told, and the others are read"
rm -f mispfeed/mood
check "and comes with the next fetch" fetch 0 'fetched' mispfeed
peer n6 n6
echo 'token = Bearer the key' >home/credentials/n6
chmod 600 home/credentials/n6
printf '[{"id":"a","time":"2026-03-03T10:00:00Z","modified":"2026-03-03T11:00:00Z","category":"bots","name":"x","source":"a.b","restriction":"need-to-know","confidence":"high","address":[{"ip":"192.0.2.246"}]}]' >n6/served/events.json
feed n6 n6 "from = n6:http://127.0.0.1:$port/search/events.json" "auth = header Authorization" "credentials = n6"
before=$(findings)
check "n6 is asked with a window of time" fetch 0 'fetched' n6
check "then for what was modified since" fetch 0 '' n6
test "$(findings)" = $((before + 1)) && grep -q 'events 0 modified.min 2026-03-04T05:45:00Z' n6/log && ok "and nothing is left out between" || no "and nothing is left out between" "$(cat n6/log)"

# ---- killed at any moment
before=$(findings)
# One of them issues the report of 192.0.2.64 anew, which takes that finding back.
for i in 70 71 72 73 74 75; do report 2026-03-04 "scan_$(echo telnet rdp smb ftp vnc snmp | cut -d' ' -f$((i - 69)))" "192.0.2.$i"; done
for after in 0.02 0.05 0.08 0.11 0.15 0.2; do
	timeout -s KILL $after "$waker" feed fetch shadowserver >/dev/null 2>&1
done
check "killed again and again, it comes to the same end" fetch 0 '' shadowserver
test "$(findings) $(spool)" = "$((before + 5)) 0" && ok "nothing lost, nothing doubled" || no "nothing lost, nothing doubled" "$(findings), was $before; spool $(spool)"

echo "1..$n"
