#!/bin/sh
# What a member is told to do stands in its letter, in its language; a text that is missing, stale
# or wrong is named with file, line and what to do, and is not used. usage: advice.sh WAKER
set -eu
waker=$(realpath "${1:?the waker to try}")
tree=$(realpath "$(dirname "$0")/../..")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
n=0
ok() { n=$((n + 1)); echo "ok $n - $1"; }
fail() { echo "Bail out! $1"; exit 1; }

export WAKER_FEEDS="$tree/feeds" WAKER_WARNINGLISTS="$dir/none" WAKER_ADVICE="$tree/advice" USER=officer
day=$(sed -n 's/^checked: //p' "$tree"/advice/*.md | sort | tail -n 1) # at which none is stale
export WAKER_HOME="$dir/home" WAKER_NOW="${day}T06:00:00Z"
"$waker" init --example home 2>/dev/null

# ---- the texts of the package
"$waker" advice check >said 2>&1 || fail "our own texts: $(cat said)"
"$waker" advice list --json >list.jsonl
test "$(wc -l <list.jsonl)" = "$(ls "$tree"/advice/*.??.md | wc -l)" || fail "some of our texts did not load"
ok "each text of the package is whole, in Dutch and in English"

"$waker" issue list --json | sed 's/^{"issue":"\([^"]*\)".*/\1/' >issues
while read -r issue; do
	for language in nl en; do
		"$waker" advice show "$issue" --language $language --json >shown 2>&1 || fail "$issue: $(cat shown)"
		grep -q "\"language\":\"$language\"" shown || fail "$issue is not there in $language: $(cat shown)"
	done
done <issues
test "$(wc -l <issues)" -gt 150 || fail "few issues: $(wc -l <issues)"
ok "there is advice for each issue that Waker knows"

show() { "$waker" advice show "$@" --json; }
show infected.qakbot | grep -q '"advice":"rsit.infected-system"' || fail "no type for a family"
show leaksite.lab.post --language nl | grep -q '"advice":"leaksite"' || fail "a family's text does not serve it"
show leak.account | grep -q '"advice":"leak"' || fail "a family's text does not serve its own"
show exposed.rdp --language nl --expert | grep -q 'TermService' || fail "an expert does not read more"
show exposed.rdp --language nl | grep -q 'TermService' && fail "who is no expert reads it too"
"$waker" advice show nobody.knows >said 2>&1 && fail "an issue that is none is shown"
grep -q 'waker issue list' said || fail "not said: $(cat said)"
ok "an issue has its own text, its family's or its type's, and an expert reads more"

# ---- a letter has it
printf '%s\n' record,member,names,kind,language,role,mail,order,value \
	'member,m1,Ziekenhuis Een,hospital,nl,,,,' member,m2,Second,hospital,en,,,, \
	contact,m1,,,nl,security,soc@m1.example,1, contact,m2,,,en,security,soc@m2.example,1, \
	asset,m1,,prefix,,,,,198.18.1.0/24 asset,m2,,prefix,,,,,198.18.2.0/24 >roster.csv
"$waker" member import roster.csv --yes >/dev/null 2>said || fail "$(cat said)"
"$waker" notice mode on --reason story 2>said >/dev/null || fail "$(cat said)"
printf '%s\n' '"timestamp","ip","protocol","port","hostname","asn"' \
	"\"$day 01:00:00\",\"198.18.1.7\",\"tcp\",\"3389\",\"\",\"64500\"" \
	"\"$day 01:00:00\",\"198.18.2.7\",\"tcp\",\"3389\",\"\",\"64500\"" >"$day-scan_rdp-a.csv"
"$waker" feed run shadowserver "$day-scan_rdp-a.csv" >run 2>said || fail "$(cat said)"

letter() { "$waker" notice preview --of "$1" --json 2>said || fail "$(cat said)"; }
letter m1 >m1
grep -q 'Doe nu: *Sluit poort 3389' m1 || fail "no word of what to do now: $(cat m1)"
grep -q 'Controleer het zelf\\n1. Test van buiten' m1 || fail "no way to check it: $(cat m1)"
grep -q 'Check it yourself\\n1. Test from outside' m1 || fail "not in English behind it: $(cat m1)"
letter m2 >m2
grep -q 'Check it yourself' m2 || fail "no advice for the second: $(cat m2)"
grep -q 'Controleer het zelf' m2 && fail "an English reader reads Dutch"
ok "a letter says what to do, in the language of its reader"

# ---- a team's own
text() { # ISSUE LANGUAGE CHECKED FIX
	echo "---"
	printf 'issue: %s\nchecked: %s\nact: Ours: call {team}.\nsource: https://cert.example/\n---\n' "$1" "$3"
	case $2 in
	nl) set -- "$4" 'Wat het betekent' 'Is het echt van u?' 'Controleer het zelf' 'Los het op' 'Hoe dringend voor de zorg' ;;
	*) set -- "$4" 'What it means' 'Is it really yours?' 'Check it yourself' 'Solve it' 'How urgent for care' ;;
	esac
	printf '\n## %s\n\nOne.\n\n## %s\n\nTwo.\n\n## %s\n\nThree.\n\n## %s\n\n%s\n\n## %s\n\nFive.\n' "$2" "$3" "$4" "$5" "$1" "$6"
}
text exposed.rdp en "$day" 'Do as **we** say: `x {y}`, {team}.' >home/advice/exposed.rdp.en.md
"$waker" advice list --json | grep -q '"advice":"exposed.rdp","language":"en","from":"own"' || fail "ours is not listed"
letter m2 >m2
grep -q 'Do now: *Ours: call CERT' m2 || fail "the team's own text is not in the letter: $(cat m2)"
grep -q 'Do as we say: x {y}, CERT.' m2 || fail "it is not there as it was meant: $(cat m2)"
ok "a team's own text stands before the package's"

mkdir only
text exposed.rdp en "$day" 'English only.' >only/exposed.rdp.en.md
WAKER_ADVICE=$dir/only letter m1 >m1
grep -q 'nog niet in het Nederlands' m1 || fail "English in a Dutch letter is not marked: $(cat m1)"
grep -q 'Doe nu: *Ours' m1 && fail "what to do now is English in a Dutch letter"
ok "where there is no Dutch, English stands in for it, and says so"

# ---- what is wrong is named
found() { # FILE LINE PROBLEM WORDS REMEDY: by check, which ends with 7
	status=0
	"$waker" advice check >said 2>&1 || status=$?
	test $status = 7 || fail "check ends with $status: $(cat said)"
	grep -q "^[^	]*/$1	$2	$3	[^	]*$4[^	]*	[^	]*$5" said || fail "not named: $1 $2 $4: $(cat said)"
}
refused() { # LINE WORDS REMEDY FIX
	text exposed.rdp en "$day" "$4" >home/advice/exposed.rdp.en.md
	found exposed.rdp.en.md "$1" fault "$2" "$3"
	letter m2 >m2
	grep -q 'Close port 3389' m2 || fail "the package's text does not stand in: $(cat m2)"
}
refused 22 'HTML is not taken' 'waker-advice(5)' 'Click <b>here</b>.'
refused 22 'unknown variable {member}' '{team}' 'Ask {member}.'
refused 22 'a link goes to https' 'waker-advice(5)' 'See [this](http://cert.example/).'
refused 22 'a picture cannot be mailed' 'waker-advice(5)' '![x](https://cert.example/a.png)'
ok "HTML, an unknown variable, a link elsewhere: named with the line, and the package's text is used"

text exposed.rdp en 2020-01-01 'Old.' >home/advice/exposed.rdp.en.md
found exposed.rdp.en.md '' stale 'last checked on 2020-01-01' 'sources'
text exposed.rdp en 2080-01-01 'Young.' >home/advice/exposed.rdp.en.md
found exposed.rdp.en.md '' fault 'which is to come' 'the day'
text exsposed.rdp en "$day" 'Mistyped.' >home/advice/exsposed.rdp.en.md
found exsposed.rdp.en.md 2 fault 'there is no issue' 'issue list'
text exposed.vnc en "$day" 'Misnamed.' >home/advice/exposed.telnet.en.md
found exposed.telnet.en.md 2 fault 'name of another issue' 'exposed.vnc.en.md'
rm home/advice/*.md
grep -v 'Five\|urgent' "$tree/advice/exposed.vnc.en.md" >home/advice/exposed.vnc.en.md
found exposed.vnc.en.md '' fault '"How urgent for care" is missing' 'write it'
rm home/advice/*.md
echo x >home/advice/notes.md
found notes.md '' fault 'no issue and language' 'ISSUE.nl.md'
rm home/advice/*.md
ok "a stale text, a wrong name and a missing part are named"

text exposed.couchdb nl "$day" 'Alleen Nederlands.' >home/advice/exposed.couchdb.nl.md
found exposed.couchdb.en.md '' missing 'in Dutch only' 'write it'
mkdir few
cp "$tree"/advice/*.md few
rm few/rsit.ddos.*.md home/advice/*.md
WAKER_ADVICE=$dir/few found rsit.ddos.nl.md '' missing 'nothing is advised' 'write it'
"$waker" advice check >said 2>&1 || fail "still something: $(cat said)"
ok "a language that is missing is named, and a type that has no text"
echo "1..$n"
