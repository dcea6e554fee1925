"""What wkd.sh plays: Web Key Directories of three domains, in a network namespace that has nothing else."""
import hashlib
import json
import os
import subprocess
import sys

import own_network

skip = own_network.is_skipped()
from play import Ran, Story, must  # noqa: E402: it reads the arguments

story = Story("wkd")
if skip:
    story.skip("a key is fetched from its domain", "no namespaces, or not root")
    story.end()
    sys.exit()
LETTERS = "ybndrfg8ejkmcpqxot1uwisza345h769"


def name(local):
    n = int.from_bytes(hashlib.sha1(local.lower().encode()).digest(), "big")
    return "".join(LETTERS[n >> (155 - 5 * i) & 31] for i in range(32))


NAMES = ["openpgpkey.advanced.example", "direct.example", "openpgpkey.none.example"]
PUBLIC = "openpgpkey.ziekenhuis.nl"
own_network.begin(story.tmp, NAMES, [PUBLIC])
gpg = ["gpg", "--homedir", f"{story.tmp}/g", "--batch", "--passphrase", ""]
os.mkdir(f"{story.tmp}/g", 0o700)
FILES = {}
for address, path in (("Ciso@advanced.example", f"/.well-known/openpgpkey/advanced.example/hu/{name('ciso')}?l=Ciso"),
                      ("it@ziekenhuis.nl", f"/.well-known/openpgpkey/ziekenhuis.nl/hu/{name('it')}?l=it"),
                      ("soc@direct.example", f"/.well-known/openpgpkey/hu/{name('soc')}?l=soc")):
    subprocess.run([*gpg, "--quick-gen-key", f"X <{address}>", "default", "default", "1y"], check=True, capture_output=True)
    FILES[path] = subprocess.run([*gpg, "--export", address], check=True, capture_output=True).stdout
ASKED = own_network.publish(story.tmp, [*NAMES, PUBLIC], FILES)



def make(home, mails, *words):
    """A home whose relay is vouched for by the certificate that all serve here."""
    must("init", home, *words)
    with open(f"{story.tmp}/r.csv", "w", encoding="ascii") as out:
        out.write("record,member,names,kind,role,mail,order,value\n" + "".join(
            f"member,m{i},H{i},hospital,,,,\ncontact,m{i},,,security,{mail},1,\n" for i, mail in enumerate(mails)))
    must("-C", home, "member", "import", f"{story.tmp}/r.csv", "--yes")
    conf = f"{home}/waker.conf"
    with open(conf, encoding="utf-8") as f:
        text = f.read()
    with open(conf, "w", encoding="utf-8") as f:
        f.write(text.replace("authorities = system", f"authorities = {story.tmp}/tls.pem"))


home = f"{story.tmp}/h"
make(home, ("ciso@advanced.example", "soc@direct.example", "it@none.example", "x@gone.example", "it@ziekenhuis.nl"), "--example")


def fetch(address, *words, of=home):
    return Ran("-C", of, "key", "fetch", address, *words)


got = fetch("Ciso@advanced.example", "--json")
story.ok(got.status == 0 and [(k["address"], k["state"], k["from"]) for k in map(json.loads, got.out.splitlines())] == [("ciso@advanced.example", "offered", "wkd")],
         "a key is fetched from the host that a domain has for them, and waits for a check", got)
got = fetch("soc@direct.example", "--json")
story.ok(got.status == 0 and json.loads(got.out)["address"] == "soc@direct.example", "or from the domain itself, where there is none", got, ASKED)
got = fetch("it@none.example")
story.ok(got.is_sentence(66, "publishes no key"), "a domain that publishes none is said", got)
got = fetch("x@gone.example")
story.ok(got.is_sentence(75, "gone.example", "cannot be resolved"), "and one that cannot be asked", got)
got = fetch("nobody@advanced.example")
story.ok(got.status != 0, "who is no contact has no key here", got)
got = fetch("a b")
story.ok(got.status != 0 and "no mail address" in got.err, "and what is no address", got)
story.ok(len([k for k in map(json.loads, must("-C", home, "key", "list", "--json").out.splitlines())]) == 2, "nothing else was kept")
got = fetch("it@ziekenhuis.nl")
story.ok(got.status == 0, "an example home believes a public host by the relay's authorities", got)
os.environ.pop("WAKER_NOW")  # which only an example home takes
real = f"{story.tmp}/real"
make(real, ["it@ziekenhuis.nl"])
asked = len(ASKED)
got = fetch("it@ziekenhuis.nl", of=real)
story.ok(got.status == 75 and "certificate" in got.err and len(ASKED) == asked, "a real one does not: they vouch for the relay alone", got, ASKED)
story.end()
