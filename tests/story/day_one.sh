#!/bin/sh
# What a healthcare CERT switches on the first day: each feed that has a way in is fetched from
# a loopback copy of its publisher and becomes the findings that it should, and no other.
# usage: day_one.sh WAKER
set -u
waker=$(realpath "$1")
feeds=$(realpath "$(dirname "$0")/../../feeds")
fake=$(realpath "$(dirname "$0")/../fake")
samples=$(realpath "$(dirname "$0")")/day_one
dir=$(mktemp -d)
n=0
cd "$dir" || exit 1
. "$fake/start.sh"

ok() { n=$((n + 1)); echo "ok $n - day one: $1"; }
no() { n=$((n + 1)); echo "not ok $n - day one: $1"; shift; printf '%s\n' "$@" | sed 's/^/# /'; sed 's/^/# /' out said 2>/dev/null | head -n 20; }
at_home() { # FEED BASE [LINE…]: the installed feed file, its publisher's host replaced by BASE
	feed=$1 base=$2
	shift 2
	sed -E "s#^(from = [a-z0-9]*:?)https?://[^/]+/#\\1$base/#" "$feeds/$feed.feed" >"$WAKER_HOME/feeds/$feed.feed"
	for line in "private = yes" "$@"; do
		sed -i "s#^\\[fetch\\]#&\\n$line#" "$WAKER_HOME/feeds/$feed.feed"
	done
}
key() { # FEED LINE…: the credentials that the feed file names
	secret=$WAKER_HOME/credentials/$(sed -n 's/^credentials = //p' "$WAKER_HOME/feeds/$1.feed")
	shift
	printf '%s\n' "$@" >"$secret"
	chmod 600 "$secret"
}
show() { "$waker" feed show "$1" --json | python3 -c 'import json, sys; print(json.loads(sys.stdin.readline())[sys.argv[1]])' "$2"; }
findings() {
	"$waker" finding list --json | python3 -c 'import json, sys
for line in sys.stdin:
    f = json.loads(line)
    print(f["member"], f["issue"], f["state"], f["seen"])' | sort
}

unset WAKER_NOW
export WAKER_FEEDS="$feeds" WAKER_HOME="$dir/empty"
"$waker" init --example empty >/dev/null 2>&1
export WAKER_NOW=2026-03-02T06:00:00Z
cat >roster.csv <<'END'
record,member,names,kind,umbrellas,role,mail,value,since
member,noord,Noord,hospital,,,,,
asset,noord,,prefix,,,,192.0.2.0/24,2026-01-01
asset,noord,,prefix,,,,2001:db8:1::/48,2026-01-01
asset,noord,,domain,,,,noord.example,2026-01-01
asset,noord,,mail-domain,,,,noord.example,2026-01-01
member,zuid,Zuid,hospital,,,,,
asset,zuid,,prefix,,,,198.51.100.0/24,2026-01-01
asset,zuid,,domain,,,,zuid.example,2026-01-01
asset,zuid,,asn,,,,64501,2026-01-01
END
"$waker" member import roster.csv --yes >out 2>said || { echo "Bail out! no roster"; exit 1; }

# ---- the publishers
peer plain day_one
rmdir plain/served && ln -s "$samples" plain/served
plain=http://127.0.0.1:$port
cat >plain/keys <<'END'
abuse-ch-urlhaus Auth-Key open sesame
abuse-ch-threatfox Auth-Key open sesame
alienvault-otx-api X-OTX-API-KEY open sesame
END
for name in circl-osint botvrij; do
	peer $name misp_feed
	cp "$samples/$name/"* $name/served/
done
for name in misp n6 shadowserver; do
	peer $name $name
	cp "$samples/$name/"* $name/served/
done

redirect() { # FEED: its file in the home, with the peer's address, and its key
	case $1 in
	circl-osint | botvrij) at_home "$1" "http://127.0.0.1:$(cat "$1/port")" ;;
	misp)
		at_home misp ""
		sed -i "s#^from = .*#from = misp:http://127.0.0.1:$(cat misp/port)/\\nauth = header Authorization\\ncredentials = misp#" "$WAKER_HOME/feeds/misp.feed"
		key misp 'token = the key'
		;;
	n6)
		at_home n6 "http://127.0.0.1:$(cat n6/port)"
		key n6 'token = Bearer the key'
		;;
	shadowserver)
		at_home shadowserver "http://127.0.0.1:$(cat shadowserver/port)"
		key shadowserver 'key = the key' 'secret = the secret'
		;;
	*)
		at_home "$1" "$plain/$1"
		! grep -q '^credentials' "$WAKER_HOME/feeds/$1.feed" || key "$1" 'token = open sesame'
		;;
	esac
}

# ---- each feed that has a [fetch]
: >table
for file in $(grep -l '^\[fetch\]' "$feeds"/*.feed); do
	name=$(basename "$file" .feed)
	if ! test -d "$samples/$name" || ! grep -q "^$name " "$samples/wanted"; then
		no "$name has a sample, and what it should become" "write $samples/$name/ and its lines in wanted"
		continue
	fi
	rm -rf home && cp -r empty home
	WAKER_HOME=$dir/home
	way=$(show "$name" fetch)
	case $way in
	"by hand" | mail | callback | *"not built yet"*)
		if test "$name" = misp; then
			redirect misp
			"$waker" feed fetch misp --json >out 2>said
		else
			mkdir "home/inbox/$name"
			cp "$samples/$name/"* "home/inbox/$name/"
			"$waker" feed run --json >out 2>said
		fi
		;;
	*)
		redirect "$name"
		"$waker" feed fetch "$name" --json >out 2>said
		;;
	esac
	status=$?
	sed -n "s/^$name //p" "$samples/wanted" | sed '/^-$/d' | sort >want
	findings >got
	held=$(find home/spool -type f ! -name .lock 2>/dev/null | wc -l)
	if test $status = 0 && test "$held" = 0 && cmp -s want got; then
		ok "$name becomes what it should: $(wc -l <got) findings"
	else
		no "$name becomes what it should" "status $status, $held left in the spool" "$(diff want got)"
	fi
	python3 - "$name" "$way" "$(wc -l <got)" >>table <<'END'
import json, sys
rows = [json.loads(line) for line in open("out", encoding="utf-8") if line.startswith("{")]
records, junk = (sum(row.get(key) or 0 for row in rows) for key in ("records", "junk"))
print(f"{sys.argv[1]:22} {sys.argv[2][:24]:24} {records:6} {junk:5} {sys.argv[3]:>8}")
END
	WAKER_HOME=$dir/empty
done

echo "# feed                   fetched by              records  junk findings"
sed 's/^/# /' table
echo "1..$n"
