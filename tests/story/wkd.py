"""What wkd.sh plays: Web Key Directories of three domains, in a network namespace that has nothing else."""
import fcntl
import hashlib
import http.server
import json
import os
import socket
import ssl
import struct
import subprocess
import sys
import threading

skip = "--skip" in sys.argv
sys.argv = [a for a in sys.argv if a != "--skip"]
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


# the network: lo is up, and the names are it
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    fcntl.ioctl(s, 0x8914, struct.pack("16sh", b"lo", 0x41))  # SIOCSIFFLAGS: up, running
with open(f"{story.tmp}/hosts", "w", encoding="ascii") as out:
    out.write("127.0.0.1 localhost openpgpkey.advanced.example direct.example openpgpkey.none.example\n")
subprocess.run(["mount", "--bind", f"{story.tmp}/hosts", "/etc/hosts"], check=True)

names = "DNS:openpgpkey.advanced.example,DNS:direct.example,DNS:openpgpkey.none.example"
subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{story.tmp}/tls.key", "-out", f"{story.tmp}/tls.pem", "-days", "2",
                "-subj", "/CN=wkd", "-addext", f"subjectAltName={names}"], check=True, capture_output=True)
gpg = ["gpg", "--homedir", f"{story.tmp}/g", "--batch", "--passphrase", ""]
os.mkdir(f"{story.tmp}/g", 0o700)
FILES = {}
for address, path in (("Ciso@advanced.example", f"/.well-known/openpgpkey/advanced.example/hu/{name('ciso')}?l=Ciso"),
                      ("soc@direct.example", f"/.well-known/openpgpkey/hu/{name('soc')}?l=soc")):
    subprocess.run([*gpg, "--quick-gen-key", f"X <{address}>", "default", "default", "1y"], check=True, capture_output=True)
    FILES[path] = subprocess.run([*gpg, "--export", address], check=True, capture_output=True).stdout
ASKED = []


class Directory(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        ASKED.append((self.headers["Host"], self.path))
        self.send_response(200 if self.path in FILES else 404)
        self.send_header("Content-Length", str(len(FILES.get(self.path, b""))))
        self.end_headers()
        self.wfile.write(FILES.get(self.path, b""))

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 443), Directory)
tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(f"{story.tmp}/tls.pem", f"{story.tmp}/tls.key")
server.socket = tls.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()

home = f"{story.tmp}/h"
must("init", home, "--example")
with open(f"{story.tmp}/r.csv", "w", encoding="ascii") as out:
    out.write("record,member,names,kind,role,mail,order,value\n" + "".join(
        f"member,m{i},H{i},hospital,,,,\ncontact,m{i},,,security,{mail},1,\n" for i, mail in
        enumerate(("ciso@advanced.example", "soc@direct.example", "it@none.example", "x@gone.example"))))
must("-C", home, "member", "import", f"{story.tmp}/r.csv", "--yes")
conf = f"{home}/waker.conf"
with open(conf, encoding="utf-8") as f:
    text = f.read()
with open(conf, "w", encoding="utf-8") as f:
    f.write(text.replace("authorities = system", f"authorities = {story.tmp}/tls.pem"))


def fetch(address, *words):
    return Ran("-C", home, "key", "fetch", address, *words)


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
server.shutdown()
story.end()
