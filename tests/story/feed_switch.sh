#!/bin/sh
# An operator switches feeds on and off without copying their files, and hears what is still
# missing. usage: feed_switch.sh WAKER
set -u
waker=$(realpath "$1")
WAKER_FEEDS=$(realpath "$(dirname "$0")/../../feeds")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
n=0
is() { # SENTENCE STATUS PATTERN COMMAND…
	says=$1 want=$2 pattern=$3
	shift 3
	"$@" >out 2>said
	got=$?
	n=$((n + 1))
	if test $got = "$want" && { test -z "$pattern" || cat out said | grep -q -e "$pattern"; }; then
		echo "ok $n - feed_switch: $says"
	else
		echo "not ok $n - feed_switch: $says"
		echo "# status $got, wanted $want and '$pattern'"
		sed 's/^/# /' out said | head -n 20
	fi
}
unset WAKER_NOW
export WAKER_FEEDS WAKER_HOME="$dir/home"
"$waker" init home >/dev/null 2>&1
conf=home/feeds/enabled.conf
on() { "$waker" feed list --json | grep "\"name\":\"$1\"" | grep -c "\"enabled\":$2,.*\"enabled_by\":\"$3\""; }

is "the file of a feed says whether it is on, where nobody else does" 0 '^1$' on cisa-kev true 'feed file'
is "a dry run says what would change" 0 '^phishtank.yes.yes' "$waker" feed enable phishtank --dry-run
is "and changes nothing" 1 '' test -e $conf
is "an installed feed is enabled without a copy of it" 0 '^blocklist-de.yes.yes' "$waker" feed enable blocklist-de
is "only a line says so" 0 '^enabled.conf$' ls home/feeds
is "one that is on by its file is disabled" 0 '"changed":true' "$waker" feed disable cisa-kev --json
is "the list shows it, and who said so" 0 '^1$' on cisa-kev false enabled.conf
is "a second time changes nothing" 0 '"changed":false' "$waker" feed disable cisa-kev --json

# ---- what is still missing
is "one whose credentials are not there is enabled, and it is said what to write where" 0 \
	'abuse-ch-urlhaus: it is not fetched until its credentials are there: write them to .*/credentials/abuse-ch, mode 0600' \
	"$waker" feed enable abuse-ch-urlhaus
is "in JSON too" 0 '"note":"it is not fetched until its credentials' "$waker" feed enable abuse-ch-urlhaus --json
printf 'token = x\n' >home/credentials/abuse-ch
is "and no longer once they are" 0 '"note":null' "$waker" feed enable abuse-ch-urlhaus --json
is "one whose files are given by hand says so" 0 'its files are given by hand: put them into .*/inbox/generic-iplist/' "$waker" feed enable generic-iplist

# ---- mistakes
cp $conf before
is "an unknown name gets the nearest" 66 'did you mean "openphish"' "$waker" feed enable phishtank opemphish
is "and then none of those named is changed" 0 '' cmp before $conf
is "no name is told with the usage" 64 'something is missing' "$waker" feed enable
is "it needs a home" 64 'which home' env -u WAKER_HOME "$waker" feed enable phishtank
printf '[feed]\nname = mine\n' >home/feeds/mine.feed
is "a feed whose file is wrong is not enabled" 78 'mine.feed: ' "$waker" feed enable mine
is "but can be disabled" 0 '^mine.no.yes' "$waker" feed disable mine
rm home/feeds/mine.feed

# ---- the operator's own lines
printf '# ours, since the audit\n[enabled]\n# asked by Jan\n\nphishtank=no\ncisa-kev = no' >$conf
is "a line is changed where it stands" 0 '^phishtank.yes.yes' "$waker" feed enable phishtank turris
printf '# ours, since the audit\n[enabled]\n# asked by Jan\n\nphishtank=yes\ncisa-kev = no\nturris = yes\n' >want
is "and all else stays as it was" 0 '' cmp want $conf
is "it is for its owner alone" 0 '^600$' stat -c %a $conf
echo 'cisa-kev = perhaps' >>$conf
is "a wrong line is told once, with its number" 78 'enabled.conf: line 8, column 12: a feed is enabled yes or no, not "perhaps"' "$waker" feed list
cp said once
is "once" 0 '^1$' grep -c perhaps once
is "and nothing is written over it" 78 'line 8' "$waker" feed disable turris
echo "1..$n"
