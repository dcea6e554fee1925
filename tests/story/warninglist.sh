#!/bin/sh
# A bot on a member's own address is told whatever a warninglist says; what a list holds
# back is kept, named with the reason, and let go by news that no list holds.
# usage: warninglist.sh WAKER
set -eu
waker=$(realpath "${1:?the waker to try}")
tree=$(realpath "$(dirname "$0")/../..")
published=$tree/../shared/data/misp-warninglists
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
n=0
ok() { n=$((n + 1)); echo "ok $n - $1"; }
skip() { n=$((n + 1)); echo "ok $n - $1 # SKIP $2"; }
fail() { echo "Bail out! $1"; exit 1; }

export WAKER_FEEDS="$tree/feeds" WAKER_NOW=2026-03-03T06:00:00Z
unset WAKER_WARNINGLISTS
lists=home/warninglists

list() { # NAME TYPE ENTRIES ATTRIBUTES: a list in the home
	printf '{"name":"%s","description":"","version":1,"type":"%s","list":[%s],"matching_attributes":[%s]}\n' \
		"$1" "$2" "$3" "$4" >"$lists/$1.json"
}
found() { "$waker" finding list "$@" --json 2>/dev/null; }
count() { found "$@" | wc -l; }

fresh_home() {
	rm -rf home
	"$waker" init --example home 2>/dev/null
	export WAKER_HOME="$dir/home"
	printf '%s\n' record,member,names,kind,value member,m1,First,hospital, \
		asset,m1,,prefix,198.18.0.0/24 asset,m1,,domain,m1.example >roster.csv
	"$waker" member import roster.csv --yes >/dev/null 2>said || fail "$(cat said)"
	list cloud cidr '"198.18.0.0/16","203.0.113.0/24"' '"ip-src"'
	list sink cidr '"192.0.2.0/24"' '"ip-src","ip-dst"'
}

bot() { # FILE ADDRESS DESTINATION
	printf '%s\n' '"timestamp","protocol","src_ip","src_port","src_asn","dst_ip","infection"' \
		"\"2026-03-02 10:00:00\",\"tcp\",\"$2\",\"1025\",\"64500\",\"$3\",\"qakbot\"" >"$1"
}
open_rdp() { # FILE ADDRESS NAME SOURCE
	printf '%s\n' '"timestamp","ip","protocol","port","hostname","asn","hostname_source"' \
		"\"2026-03-02 10:00:00\",\"$2\",\"tcp\",\"3389\",\"$3\",\"64510\",\"$4\"" >"$1"
}

fresh_home
bot 2026-03-02-event4_sinkhole-a.csv 198.18.0.7 192.0.2.1
"$waker" feed run shadowserver 2026-03-02-event4_sinkhole-a.csv --json >run 2>said || fail "$(cat said)"
grep -q '"opened":1,.*"held":0' run || fail "the bot did not open: $(cat run)"
id=$(found | sed -n 's/^{"id":"\([^"]*\)".*"held":null,.*/\1/p')
test -n "$id" || fail "the bot is held: $(found)"
"$waker" finding explain "$id" >why
grep -q 'warninglist  *cloud: 198.18.0.0/16: not held: it harms the member' why || fail "not explained: $(cat why)"
ok "a bot on a member's own address is told, though two lists have both sides of it"

open_rdp 2026-03-02-scan_rdp-a.csv 203.0.113.9 pc.m1.example ptr
"$waker" feed run shadowserver 2026-03-02-scan_rdp-a.csv --json >run 2>said || fail "$(cat said)"
grep -q '"opened":0,.*"candidates":0,.*"held":1' run || fail "a weak one on a list is not held: $(cat run)"
test "$(count)" = 1 || fail "what is held is listed unasked"
"$waker" finding list >/dev/null 2>said
grep -q '^1 held back by warninglists: --held shows it$' said || fail "not said: $(cat said)"
found --held | grep -q '"seen":"pc.m1.example tcp/3389",.*"held":"cloud: 203.0.113.0/24"' || fail "the reason is not shown"
id=$(found --held | sed 's/^{"id":"\([^"]*\)".*/\1/')
"$waker" finding explain "$id" >why
grep -q 'held back  *by warninglist cloud: 203.0.113.0/24' why || fail "explain does not say: $(cat why)"
"$waker" finding explain "$id" --json | grep -q '"held":"cloud: 203.0.113.0/24".*"warninglist_verdict":"held"' ||
	fail "explain --json does not say"
ok "a weak match on a list is held back, with the list and the entry"

echo 198.18.0.9 >list.txt
"$waker" feed run generic-iplist list.txt >/dev/null 2>&1
found --held | grep -q '"issue":"listed",.*"held":"cloud: 198.18.0.0/16"' || fail "a listed one is not held"
ok "a mention on a blocklist is held back, also of a member's own address"

printf '[cloud]\nhold = none\n' >$lists/policy.conf
open_rdp 2026-03-02-scan_rdp-b.csv 203.0.113.9 pc.m1.example ptr
echo >>2026-03-02-scan_rdp-b.csv
"$waker" feed run shadowserver 2026-03-02-scan_rdp-b.csv >/dev/null 2>said
grep -q ': 1 held back no longer' said || fail "nothing was let go: $(cat said)"
found | grep -q '"seen":"pc.m1.example tcp/3389",.*"held":null' || fail "it is not listed"
rm $lists/policy.conf
echo >>2026-03-02-scan_rdp-b.csv
"$waker" feed run shadowserver 2026-03-02-scan_rdp-b.csv >/dev/null 2>&1
found | grep -q '"seen":"pc.m1.example tcp/3389",.*"held":null' || fail "it is held again"
ok "news that no list holds lets a finding go, for good"

fresh_home
printf '[cloud]\nhold = all\nclasses = infected\n' >$lists/policy.conf
"$waker" feed run shadowserver 2026-03-02-event4_sinkhole-a.csv >/dev/null 2>&1
found --held | grep -q '"class":"infected",.*"held":"cloud: 198.18.0.0/16"' || fail "the row does not count"
ok "a bot is held back only where the list's row says so"

fresh_home
printf '[cloud]\nhld = all\n' >$lists/policy.conf
status=0
"$waker" feed run generic-iplist list.txt >/dev/null 2>said || status=$?
test $status = 78 || fail "a wrong policy: status $status"
grep -q 'policy.conf: line 2, .*did you mean "hold"' said || fail "not told where: $(cat said)"
printf '[clud]\nhold = all\n' >$lists/policy.conf
echo '{"type":"cidr"' >$lists/broken.json
"$waker" feed run generic-iplist list.txt --json >run 2>said || fail "a broken list stops a feed: $(cat said)"
"$waker" warninglist list >/dev/null 2>said || test $? = 3 || fail "status of a list with a broken one"
grep -q 'broken.json: it is no JSON' said || fail "the broken list is not told: $(cat said)"
grep -q 'no warninglist is called "clud"; did you mean "cloud"' said || fail "the row without list is not told: $(cat said)"
ok "a wrong policy stops, a broken list is told and holds nothing"

fresh_home
printf '[sink]\nside = destination\n' >$lists/policy.conf
"$waker" warninglist list --json | grep -q '"name":"sink",.*"looks":\["destination address"\]' || fail "side does not count"
cp "$tree"/warninglists/* $lists
"$waker" warninglist show documentation-addresses --json | grep -q '"hold":"none"' || fail "an example home holds its own"
rm -rf home
unset WAKER_NOW
"$waker" init home 2>/dev/null
cp "$tree"/warninglists/* home/warninglists
"$waker" warninglist list --json >own || fail "the project's own lists"
test "$(wc -l <own)" = "$(ls "$tree"/warninglists/*.json | wc -l)" || fail "some of our lists did not load"
grep -q '"name":"documentation-addresses",.*"hold":"usual"' own || fail "a real home does not hold documentation space"
grep -v '"refused":0,' own && fail "entries of our own lists are refused"
for ask in 8.8.8.8:public-resolvers 2620:fe::fe:public-resolvers 10.1.2.3:private-addresses fd00::1:private-addresses \
	2001:db8::1:documentation-addresses 224.0.0.251:multicast-addresses 127.0.0.1:special-addresses \
	d41d8cd98f00b204e9800998ecf8427e:empty-hashes DA39A3EE5E6B4B0D3255BFEF95601890AFD80709:empty-hashes \
	www.example.com:documentation-names x.compute.amazonaws.com:hosting-names https://drive.google.com/x:shared-platforms; do
	"$waker" warninglist test "${ask%:*}" --json | grep -q "\"list\":\"${ask##*:}\"" || fail "$ask"
done
"$waker" warninglist test www.rijksoverheid.nl --json | grep -q '"list":null' || fail "a plain name is on a list"
ok "the project's own lists load whole and know what they should"

if test -d "$published"; then
	mkdir all
	cp "$published"/*.json all
	rm -f all/schema.json
	WAKER_HOME= WAKER_WARNINGLISTS="$dir/all" "$waker" warninglist list --json >all.jsonl 2>said || fail "$(cat said)"
	test "$(grep -c "\"file\":\"$dir/all/" all.jsonl)" = "$(ls all | wc -l)" || fail "some published lists do not load"
	python3 - all.jsonl <<'END' || fail "see above"
import collections, json, sys
lists = [json.loads(line) for line in open(sys.argv[1]) if "/all/" in line]
kinds = collections.Counter()
for one in lists:
    kinds[one["type"]] += 1
    kinds[one["type"] + " entries"] += one["entries"]
    if one["refused"]:
        print(f"# {one['name']}: {one['refused']} of {one['entries']} entries refused")
print(f"# {len(lists)} published lists:", ", ".join(f"{count} {what}" for what, count in sorted(kinds.items())))
sys.exit(sum(one["refused"] for one in lists) > 1)  # one name with a blank in it
END
	ok "every published list loads, and but for a name with a blank every entry of it"
else
	skip "every published list loads" "the published lists are not beside the tree"
fi
echo "1..$n"
