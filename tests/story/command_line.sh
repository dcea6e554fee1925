#!/bin/sh
# A wrong word is told so, with the nearest right one and a status that a script can use.
set -u
waker=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
unset WAKER_HOME WAKER_NOW
n=0

is() { # SENTENCE STATUS PATTERN COMMAND…: the status, and the pattern in what is said
	n=$((n + 1))
	says=$1 status=$2 pattern=$3
	shift 3
	"$@" >"$dir/out" 2>&1 </dev/null
	got=$?
	if test $got = "$status" && grep -q -e "$pattern" "$dir/out"; then
		echo "ok $n - command line: $says"
	else
		echo "not ok $n - command line: $says"
		echo "# status $got, wanted $status and '$pattern':"
		sed 's/^/# /' "$dir/out"
	fi
}

is "without words it prints its page and says that something was missing" 64 'Usage: waker' "$waker"
is "a wrong noun gets the nearest" 64 "did you mean 'member'" "$waker" membre list
is "a wrong verb gets the nearest" 64 "did you mean 'import'" "$waker" member inport x
is "a wrong option gets the nearest" 64 "did you mean 'example'" "$waker" init --exampel "$dir/h"
is "a wrong word that is near nothing points at the page" 64 'see waker --help' "$waker" quetzalcoatl
is "a noun alone asks for its verb" 64 'which verb' "$waker" member
is "a missing argument is told with the usage" 64 'something is missing' "$waker" init
is "an option without its value is told" 64 '--home needs a value' "$waker" member list --home
is "a switch takes no value" 64 'takes no value' "$waker" init --example=yes "$dir/h"
is "help is done, on every level" 0 'Examples:' "$waker" --help
is "help of a noun" 0 'Verbs:' "$waker" member --help
is "help of a verb" 0 'Usage: waker member import' "$waker" member import -h
is "the version is one line" 0 '^waker [0-9.]*$' "$waker" --version
is "a dry run makes no home" 0 'would make' "$waker" init --dry-run "$dir/h"
is "so that a real one can be made" 0 'made' "$waker" init --example "$dir/h"
is "a home is not made over another" 75 'not empty' "$waker" init "$dir/h"
is "a folder that is no home is told so" 66 'is no home' "$waker" -C "$dir/none" member list
is "no home at all is told with what to do" 64 'WAKER_HOME' "$waker" member list
is "an error with --json is an object" 64 '^{"error":"usage","status":64,"command":"","message":".*"}$' \
	"$waker" --json nonsens
is "two dashes end the options" 75 'not empty' "$waker" -C "$dir/none" init -- "$dir/h"
is "the configuration that init writes is right" 0 'right' "$waker" -C "$dir/h" config check
is "each setting is shown with where it comes from" 0 '"setting":"home.example","value":"yes","origin":"waker.conf line [0-9]*","service":"no service runs"' \
	"$waker" -C "$dir/h" config show --json
is "so is what the environment says" 0 'WAKER_FEEDS' env WAKER_FEEDS=/nowhere "$waker" -C "$dir/h" config show
printf '[team]\nname = Us\n' >"$dir/short"
cp "$dir/h/waker.conf" "$dir/good" && cp "$dir/short" "$dir/h/waker.conf"
is "what the file does not say is the default" 0 'watch.jobs.1.default' "$waker" -C "$dir/h" config show
cp "$dir/good" "$dir/h/waker.conf"
printf '[tem]\nx = 1\n[home]\nstroe = waker.db\nexample = maybe\n' >"$dir/wrong"
is "all that is wrong with a file is told: a section" 78 'line 1: there is no section .tem.; did you mean .team.?' "$waker" config check "$dir/wrong"
is "a key" 78 'line 4, column 1: unknown key "stroe" in .home.; did you mean "store"?' "$waker" config check "$dir/wrong"
is "and a value, with what it may be" 78 'line 5, column 11: example is yes or no, not "maybe"' "$waker" config check "$dir/wrong"
printf '[home]\nstore = postgresql://waker:hunter2@db/waker\n' >"$dir/wrong"
is "a password in the store's URL is refused, with where it goes" 78 'credentials/postgresql' "$waker" config check "$dir/wrong"
is "and not repeated" 0 . sh -c "! '$waker' config check '$dir/wrong' 2>&1 | grep hunter2 && echo none"
printf '[home]\nstore = postgresql://db:x/waker\n' >"$dir/wrong"
is "the store's URL is looked at, and no server asked" 78 'line 2: store: a port' "$waker" config check "$dir/wrong"
mkdir -p "$dir/c/credentials" && printf '[home]\nstore = postgresql://db/waker\n' >"$dir/c/waker.conf"
echo 'password = hunter2' >"$dir/c/credentials/postgresql" && chmod 644 "$dir/c/credentials/postgresql"
is "so is who may read its password" 78 'credentials/postgresql.*chmod' "$waker" -C "$dir/c" config check
chmod 600 "$dir/c/credentials/postgresql"
is "which is well when nobody else may" 0 'right' "$waker" -C "$dir/c" config check
is "a configuration that is not there is told so" 66 'No such file' "$waker" config check "$dir/nowhere"
is "without a file and a home it says what to name" 64 'which file' "$waker" config check

# A list of what concerns one member would be empty of a member that there is not: a slip would look like good news.
"$waker" -q -C "$dir/h" member add zeehaven 'Ziekenhuis Zeehaven' >/dev/null
for list in 'finding list' 'notice list' 'notice plan' 'notice preview' 'answer list' 'mail list' 'key list' 'hook list' 'member list' \
	'contact list' 'asset list' 'finding acknowledge' 'recall'; do
	# shellcheck disable=SC2086 # words
	is "$list of a member that there is not says so, and which was meant" 66 'there is no member "zeehavn": did you mean "zeehaven"?' \
		"$waker" -C "$dir/h" $list --of zeehavn
done
is "where none is near it says where they are listed" 66 'see .waker member list' "$waker" -C "$dir/h" finding list --of quetzalcoatl
is "and that of one with whom all is well is empty" 0 '^#id' "$waker" -C "$dir/h" finding list --of zeehaven
sed 's,^name,nme,' "$dir/h/waker.conf" >"$dir/wrong" && cp "$dir/wrong" "$dir/h/waker.conf"
is "an unknown setting is told with file, line and the nearest" 78 'waker.conf: line [0-9]*.*did you mean "name"' "$waker" -C "$dir/h" member list
is "a full disk under the output is this machine's failure" 71 'standard output' sh -c "'$waker' --help >/dev/full"

n=$((n + 1))
if test "$(stat -c %a "$dir/h" "$dir/h/archive" "$dir/h/waker.db" | tr '\n' ' ')" = "700 700 600 "; then
	echo "ok $n - command line: a home is nobody's but its owner's"
else
	echo "not ok $n - command line: a home is nobody's but its owner's"
	stat -c '# %a %n' "$dir/h" "$dir/h/archive" "$dir/h/waker.db"
fi
echo "1..$n"
