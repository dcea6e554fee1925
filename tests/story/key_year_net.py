"""What key_year.py asks in a network of its own: `gpg --locate-keys` of an address, against the files of a folder. Prints what was found by each method."""
import json
import os
import socket
import subprocess
import sys
import threading

import own_network

site, address, tmp = sys.argv[1:4]
domain = address.split("@")[1]
FOUND = {}


def files():
    all_of = {}
    for at, _, names in os.walk(f"{site}/www"):
        for name in names:
            path = os.path.join(at, name)
            with open(path, "rb") as f:
                url = "/" + os.path.relpath(path, f"{site}/www")
                all_of[url] = all_of[f"{url}?l={address.split('@')[0]}"] = f.read()
    return all_of


def located(method, names):
    """In a home that knows nobody; names: the hosts that there are."""
    with open("/etc/hosts", "w", encoding="ascii") as hosts:
        hosts.write(f"127.0.0.1 localhost {' '.join(names)}\n")
    home = f"{tmp}/{method}"
    os.mkdir(home, 0o700)
    with open(f"{home}/dirmngr.conf", "w", encoding="ascii") as conf:
        conf.write("standard-resolver\n")  # by /etc/hosts
    before = len(asked)
    got = subprocess.run(["gpg", "--homedir", home, "--batch", "--faked-system-time", os.environ["MOMENT"], "--auto-key-locate", "clear,wkd",
                          "--with-colons", "--locate-keys", address], capture_output=True, check=False, timeout=100)
    ring = subprocess.run(["gpg", "--homedir", home, "--batch", "--faked-system-time", os.environ["MOMENT"], "--with-colons", "--list-keys"],
                          capture_output=True, check=True, timeout=60)
    subprocess.run(["gpgconf", "--homedir", home, "--kill", "all"], check=False)
    rows = [line.split(":") for line in got.stdout.decode().splitlines()]
    FOUND[method] = {"status": got.returncode, "first": next((r[9] for r in rows if r[0] == "fpr"), ""), "said": got.stderr.decode()[-400:],
                     "all": primary(ring.stdout.decode()), "asked": asked[before:]}


def primary(listing):
    """{fingerprint: validity} of the keys in a listing."""
    found, validity = {}, None
    for row in (line.split(":") for line in listing.splitlines()):
        if row[0] == "pub":
            validity = row[1]
        elif row[0] == "fpr" and validity is not None:
            found[row[9]], validity = validity, None
    return found


NAMES = [f"openpgpkey.{domain}", domain]
own_network.begin(tmp, NAMES)


def nobody(server):
    """Answers every question of the DNS: there is no such name (dirmngr asks for SRV records, too)."""
    while True:
        asks, who = server.recvfrom(512)
        server.sendto(asks[:2] + b"\x81\x83" + asks[4:6] + b"\0\0\0\0\0\0" + asks[12:], who)


dns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
dns.bind(("127.0.0.1", 53))
threading.Thread(target=nobody, args=(dns,), daemon=True).start()
for name, text in (("nsswitch.conf", "hosts: files\n"), ("resolv.conf", "nameserver 127.0.0.1\n")):
    with open(f"{tmp}/{name}", "w", encoding="ascii") as to:
        to.write(text)
    subprocess.run(["mount", "--bind", f"{tmp}/{name}", f"/etc/{name}"], check=True)
asked = own_network.publish(tmp, NAMES, files())
subprocess.run(["mount", "--bind", f"{tmp}/tls.pem", "/etc/ssl/certs/ca-certificates.crt"], check=True)  # whom dirmngr trusts
located("advanced", NAMES)
located("direct", NAMES[1:])
print(json.dumps(FOUND))
