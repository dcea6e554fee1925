"""What siem.sh plays: a receiver of syslog over TLS, as a member's SIEM has one, and the files beside it."""
import base64
import glob
import hashlib
import json
import os
import re
import socket
import ssl
import subprocess
import threading

from play import Story, feed_file
from service_home import Node, until

story = Story("siem")


class Receiver:
    """Takes what comes over TLS; `hangs`: hangs up on all that it gets."""

    def __init__(self, name):
        self.got, self.hangs, self.key = [], False, f"{story.tmp}/{name}.key"
        cert = f"{story.tmp}/{name}.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-keyout", self.key,
                        "-out", cert, "-subj", "/CN=siem.example"], check=True, capture_output=True)
        public = subprocess.run(["openssl", "pkey", "-in", self.key, "-pubout", "-outform", "DER"], check=True, capture_output=True).stdout
        self.pin = "sha256//" + base64.b64encode(hashlib.sha256(public).digest()).decode()
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(cert, self.key)
        self.listens = socket.create_server(("127.0.0.1", 0))
        self.port = self.listens.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            peer, _ = self.listens.accept()
            try:
                with self.tls.wrap_socket(peer, server_side=True) as t:
                    said = b""
                    while part := t.recv(65536):
                        said += part
                        if self.hangs:
                            break
                    if not self.hangs:
                        self.got.append(said)
            except OSError:
                pass  # one that does not trust us


def frames(said):
    """The messages of a stream with octet counting."""
    while said:
        length, said = said.split(b" ", 1)
        yield said[:int(length)].decode()
        said = said[int(length):]


def cef(line):
    """(the seven fields, the pairs) of a line, as one who reads CEF takes it apart."""
    *fields, pairs = re.split(r"(?<!\\)(?:\\\\)*\|", line, maxsplit=7)
    keys = [m for m in re.finditer(r"(?:^| )([A-Za-z0-9]+)(?<!\\)=", pairs)]
    ends = [m.start() for m in keys[1:]] + [len(pairs)]
    return fields, {m[1]: pairs[m.end():end] for m, end in zip(keys, ends)}


siem, other = Receiver("siem"), Receiver("other")
n = Node(story, "home")
with open(f"{n.path}/feeds/lab.feed", "w", encoding="ascii") as out:
    out.write(feed_file("lab", "stream", {"exchange": "vuln.exchange", "docker": "exposed.docker", "webshell": "compromised.webshell"}))
n.must("notice", "mode", "on")
refused = n.run("hook", "add", "syslog", "siem.example", "--of", "m1")
story.ok(refused.is_sentence(65, "is no receiver of syslog"), "an address without a port is refused", refused)
n.must("hook", "add", "syslog", f"127.0.0.1:{siem.port}#{siem.pin}", "--of", "m1")
n.must("hook", "add", "cef", "first", "--of", "m1")
n.must("hook", "add", "file", "first", "--of", "m1")
n.must("hook", "add", "syslog", f"127.0.0.1:{other.port}", "--of", "m2")
hooks = n.must("hook", "list", "--json").out
for words, whose in ((("syslog", f"127.0.0.1:{other.port}", "--of", "m1"), "m2"), (("file", "first", "--of", "m2"), "m1"), (("file", "first", "--of", "m1"), "m1")):
    refused = n.run("hook", "add", *words)
    story.ok(refused.is_sentence(75, "is told already: hook", f", of {whose}"), f"a place that is taken takes no other: {words[0]} of {words[-1]}", refused)
story.ok(n.must("hook", "list", "--json").out == hooks, "and none was added", hooks)
for member in "m1", "m2":
    freed = n.run("hook", "add", "file", "free", "--of", member, "--json")
    story.ok(freed.status == 0, f"one that is removed leaves its place: {member}", freed)
    n.must("hook", "remove", str(json.loads(freed.out)["hook"]))
now = "2026-03-02T12:00:00Z"
n.now = now
with open(f"{story.tmp}/one.csv", "w", encoding="ascii") as out:
    out.write("when,ip,name,how,port,transport,what\n2026-03-02T11:30:00Z,198.18.1.7,vpn.m1.example,,443,tcp,exchange\n"
              "2026-03-02T11:31:00Z,198.18.1.8,,,2375,tcp,docker\n2026-03-02T11:30:00Z,198.18.2.7,,,443,tcp,exchange\n")
ran = n.run("feed", "run", "lab", f"{story.tmp}/one.csv")
assert ran.status == 0, ran
n.start(now)
story.ok(until(lambda: siem.got and glob.glob(f"{n.path}/drop/first/*.cef")), "what a member is told is in its SIEM", n.jobs("--all"), n.says()[-4:])
said = list(frames(siem.got[0]))
story.ok(len(said) == 2 and all(re.match(r"<106>1 2026-03-02T12:00:0\d(\.\d+)?Z - waker - N-[0-9A-Z]+-[0-9A-Z] - CEF:0\|", m) for m in said),
         "a message of RFC 5424 for each finding, with its length before it", said)
lines = [m[m.index("CEF:0"):] for m in said]
path = glob.glob(f"{n.path}/drop/first/*.cef")[0]
with open(path, encoding="utf-8") as f:
    story.ok(f.read() == "".join(line + "\n" for line in lines), "the same lines as in the file", path)
found = {f["seen"]: f for f in map(json.loads, n.run("finding", "list", "--of", "m1", "--json").out.splitlines())}
fields, pairs = next(cef(line) for line in lines if "dpt=443" in line)
mine = found["198.18.1.7 tcp/443"]
story.ok(fields[1:5] == [fields[1], "Waker", "0.1", "vuln.exchange"] and fields[6] == "10", "with issue and severity", fields)
story.ok(pairs["externalId"] == mine["id"] and pairs["dst"] == "198.18.1.7" and pairs["dhost"] == "vpn.m1.example" and pairs["proto"] == "tcp" and
         pairs["rt"].isdigit() and pairs["start"] == "1772451000000" and pairs["cs1"] == os.path.basename(path)[:-4] and pairs["cs1Label"] == "Notice" and
         pairs["cs2"] == "TLP:AMBER+STRICT" and pairs["cs3"] == "198.18.1.0/24", "and where, when, how it may travel, and of which notice", pairs)
jsonl = glob.glob(f"{n.path}/drop/first/*.jsonl")[0]
with open(jsonl, encoding="utf-8") as f:
    story.ok(sorted(json.loads(x)["extra.waker.finding"] for x in f.read().splitlines()[1:]) == sorted(cef(x)[1]["externalId"] for x in lines),
             "and the findings are those that any other machine is told of")

def theirs():
    return [j for j in n.jobs("--all") if j["kind"] == "send-first" and "certificate does not hold" in (j.get("error") or "")]


story.ok(until(theirs) and not any(other.got), "a receiver whose certificate nobody vouches for gets nothing", n.jobs("--all"))
n.stop()

# -- what is sensitive, and one that hangs up
siem.got.clear()
n.now = "2026-03-02T14:00:00Z"
with open(f"{story.tmp}/two.csv", "w", encoding="ascii") as out:
    out.write("when,ip,name,how,port,transport,what\n2026-03-02T13:30:00Z,198.18.1.9,,,443,tcp,webshell\n")
ran = n.run("feed", "run", "lab", f"{story.tmp}/two.csv")
assert ran.status == 0, ran
siem.hangs = True
n.start("2026-03-02T14:00:00Z")


def doubt():
    newest = json.loads(n.run("notice", "list", "--of", "m1", "--json").out.splitlines()[0])["id"]
    return [d for d in map(json.loads, n.run("notice", "show", newest, "--json").out.splitlines()) if d.get("channel") == "syslog" and d["doubts"] > 0]


story.ok(until(doubt) and doubt()[0]["state"] != "arrived", "one that hangs up when it has it is in doubt, and is tried again", n.jobs("--all")[:3])
siem.hangs = False
story.ok(until(lambda: siem.got), "and has it then", n.jobs())
words = siem.got[-1].decode() if siem.got else ""
story.ok("A notice waits for you" in words and not any(w in words for w in ("198.18", "webshell", "compromised", "443")),
         "what is sensitive is told of by number alone", words)
n.stop()
story.end()
