#!/bin/sh
# A roster is imported as a whole or not at all, and goes out as it came in.
# usage: roster_import.sh WAKER
set -eu
waker=$(realpath "${1:?the waker to try}")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
n=0
ok() { n=$((n + 1)); echo "ok $n - $1"; }
fail() { echo "Bail out! $1"; exit 1; }

"$waker" init --example home >/dev/null
export WAKER_HOME="$dir/home"
cat >good.csv <<'END'
record,member,names,kind,umbrellas,role,mail,value,since
member,u1,Umbrella,umbrella,,,,,
member,m1,"First; St. Jan",hospital,u1,,,,
contact,m1,,,,security,soc@m1.example,,
asset,m1,,prefix,,,,198.18.0.0/24,2026-01-01
asset,m1,,domain,,,,m1.example,
asset,-,,hole,,,,198.18.0.8/29,
END
printf 'member,kind,value\nm1,prefix,10.1.2.3/8\nm3,domain,nl\nm1,asn,23456\n' >bad.csv

"$waker" member import good.csv --dry-run >dry 2>/dev/null
"$waker" member export >empty.csv
test "$(wc -l <empty.csv)" = 1 || fail "a dry run changed something"
"$waker" member import good.csv >wet 2>/dev/null
cmp -s dry wet || fail "the dry run showed something else than what happened"
ok "a dry run shows what then happens"

"$waker" member export >before.csv
status=0
"$waker" member import bad.csv >/dev/null 2>said || status=$?
test $status = 65 || fail "three mistakes: status $status"
grep -q ':2: mistake: .*10.0.0.0/8' said || fail "the corrected prefix is not shown"
grep -q ':3: mistake: .*public suffix' said || fail "nl was taken"
grep -q ':4: mistake: .*AS23456' said || fail "AS23456 was taken"
"$waker" member export | cmp -s - before.csv || fail "a refused file changed something"
ok "every mistake is listed, and nothing is changed"

for form in csv json; do
	"$waker" member export --as $form >again
	test -z "$("$waker" member import again --dry-run --json 2>/dev/null)" || fail "$form: not the same"
done
ok "what goes out comes in again as the same"

# Killed anywhere on the way, the old roster stands.
awk 'BEGIN { for (i = 0; i < 60000; i++) printf "m1\tdomain\tn%d.care.example\n", i }' >many.tsv
for after in 0.02 0.05 0.1 0.15; do
	timeout -s KILL $after "$waker" member import many.tsv --yes >/dev/null 2>&1 || true
	count=$("$waker" asset list --json | wc -l)
	test "$count" = 3 || test "$count" = 60000 || fail "half a roster: $count assets"
	test "$count" = 3 || break
done
ok "an import that is killed leaves the old roster or the new one"
echo "1..$n"
