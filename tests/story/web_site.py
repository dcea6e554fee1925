"""A home whose pages are served, for web.sh: its certificate, requests of many kinds, and a mail with a link that went out hours ago."""
import contextlib
import csv
import hashlib
import http.client
import io
import os
import signal
import socket
import sqlite3
import ssl
import subprocess
import threading
import time
from datetime import datetime, timezone

from service_home import Node, children, until

TEST_TOKEN, PAGE_TOKEN = "bcdefghijklmnopqrstuvwxyza", "cdefghijklmnopqrstuvwxyzab"
TOKEN, CODE, PHONE = "abcdefghijklmnopqrstuvwxyz", "KXRT", "+31 33 000 0000"
HEAD = "when,ip,name,how,port,transport,what\n"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def psql(url, sql):
    return subprocess.run(["psql", url, "-qX", "--csv", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql], check=True, capture_output=True, text=True).stdout


class Answer:
    def __init__(self, status, head, text):
        self.status, self.head, self.text = status, {k.lower(): v for k, v in head}, text

    def __str__(self):
        return f"{self.status} {self.head}\n{self.text[:800]}"


def certify(at, name):
    """Another certificate and key, AT.pem and AT.key, in place of those that are there; by rename, as whoever renews them does it."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", f"/CN={name}",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", f"{at}.key.new", "-out", f"{at}.pem.new"], check=True, capture_output=True)
    os.chmod(f"{at}.key.new", 0o600)
    os.rename(f"{at}.key.new", f"{at}.key")
    os.rename(f"{at}.pem.new", f"{at}.pem")


def trusting():
    x = ssl.create_default_context()
    x.check_hostname, x.verify_mode = False, ssl.CERT_NONE
    return x


def https(port, path, method="GET", body=None, **head):
    h = http.client.HTTPSConnection("127.0.0.1", port, timeout=20, context=trusting())
    try:
        if isinstance(body, dict):
            body = "&".join(f"{quote(k)}={quote(v)}" for k, v in body.items())
            head.setdefault("Content_Type", "application/x-www-form-urlencoded")
        h.request(method, path, body=body, headers={k.replace("_", "-"): v for k, v in head.items()})
        r = h.getresponse()
        return Answer(r.status, r.getheaders(), r.read().decode())
    finally:
        h.close()


class Site(Node):
    """Pages at a port, by TLS."""

    def __init__(self, story, name="site", store=None):
        super().__init__(story, name, store)
        self.port, self.url = free_port(), store
        self.certify("first")
        self.conf(phone=PHONE, name="Z-CERT", listen=f"127.0.0.1:{self.port}", certificate=f"{story.tmp}/site.pem", key=f"{story.tmp}/site.key")

    def certify(self, name):
        certify(f"{self.story.tmp}/site", name)

    def conf(self, **said):
        with open(f"{self.path}/waker.conf", encoding="utf-8") as old:
            lines = old.read().splitlines()
        section = ""
        for i, line in enumerate(lines):
            section = line if line.startswith("[") else section
            key = line.split(" = ")[0]
            if key in said and section in ("[team]", "[web]"):
                lines[i] = f"{key} = {said[key]}"
        with open(f"{self.path}/waker.conf", "w", encoding="utf-8") as new:
            new.write("\n".join(lines) + "\n")

    def reload(self):
        self.child.send_signal(signal.SIGHUP)

    def web(self):
        return children(self.child.pid).get("web")

    # -- requests

    def connect(self, timeout=20, tls=True):
        s = socket.create_connection(("127.0.0.1", self.port), timeout=timeout)
        return trusting().wrap_socket(s, server_hostname="127.0.0.1") if tls else s

    def shown(self):
        """The name in the certificate that a new connection is shown."""
        with self.connect() as s:
            der = s.getpeercert(True)
        at = der.index(b"\x06\x03\x55\x04\x03") + 5  # the issuer's: it is the same
        return der[at + 2:at + 2 + der[at + 1]].decode()

    def ask(self, path, method="GET", body=None, **head):
        return https(self.port, path, method, body, **head)

    def raw(self, text, seconds=20):
        """What comes of these bytes, to the end of the connection."""
        with self.connect(timeout=seconds) as s:
            s.sendall(text)
            got = b""
            try:
                while piece := s.recv(65536):
                    got += piece
            except (TimeoutError, OSError):
                pass
        return got

    # -- the store

    def rows(self, sql):
        """As another reader sees them."""
        if self.url:
            return [tuple(int(x) if x.lstrip("-").isdigit() else x for x in row) for row in csv.reader(io.StringIO(psql(self.url, sql)))]
        store = sqlite3.connect(f"file:{self.path}/waker.db?mode=ro", uri=True)
        try:
            return store.execute(sql).fetchall()
        finally:
            store.close()

    def write(self, *statements):
        """Beside the program, in one transaction."""
        if self.url:
            psql(self.url, ";".join(("BEGIN", *statements, "COMMIT")))
            return
        store = sqlite3.connect(f"{self.path}/waker.db", timeout=20)
        with store:
            for sql in statements:
                store.execute(sql)
        store.close()

    @contextlib.contextmanager
    def writing(self, seconds):
        """Another process has the store for itself."""
        has = threading.Event()

        def hold():
            if self.url:
                with subprocess.Popen(["psql", self.url, "-qAtX"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
                    other.stdin.write("BEGIN; SELECT 'has' FROM (SELECT pg_advisory_xact_lock(7831655)) AS x;\n")
                    other.stdin.flush()
                    other.stdout.readline()
                    has.set()
                    time.sleep(seconds)
                    other.stdin.close()
                return
            store = sqlite3.connect(f"{self.path}/waker.db", timeout=20, isolation_level=None)
            store.execute("BEGIN IMMEDIATE")
            has.set()
            time.sleep(seconds)
            store.rollback()
            store.close()
        other = threading.Thread(target=hold)
        other.start()
        has.wait(20)
        yield
        other.join()

    def state(self):
        """All that an answer could change."""
        return [self.rows(f"SELECT * FROM {t} ORDER BY 1") for t in ("answer", "finding", "finding_change", "notice", "message", "delivery", "answer_link")]

    def told(self):
        """What m1 has found stands in a mail that arrived three hours ago; its link is TOKEN."""
        self.feed("lab")
        now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.drop("lab", "one.csv", HEAD + "".join(f"{now},198.18.1.{i},,,{port},tcp,{what}\n" for i, port, what in ((1, 3389, "rdp"), (2, 443, "exchange"), (3, 3389, "rdp"))))
        if not until(lambda: len(self.rows("SELECT id FROM finding")) == 3):
            return False
        time.sleep(0.5)
        return self.mail()

    def mail(self):
        then = (int(time.time()) - 3 * 3600) * 1000000
        links = (TOKEN, then + 80 * 86400 * 1000000), (TOKEN[::-1], then)
        self.write("UPDATE finding SET state = 2, severity = CASE WHEN issue LIKE 'vuln%' THEN 1 ELSE severity END",
                   f"INSERT INTO message SELECT 1, 4711, member, 1, 1, 2, {then}, {then}, 0, 0, 0, 0, 0 FROM finding LIMIT 1",
                   f"INSERT INTO delivery VALUES (1, 1, 1, 0, 'Soc@M1.example', 0, 1, 3, {then}, {then}, 1, 0, 250, '', 't')",
                   "INSERT INTO delivery_part SELECT 1, id FROM finding",
                   *(f"INSERT INTO answer_link VALUES ({self.bytes(hashlib.sha256(t.encode()).hexdigest())}, 1, '{CODE}', {until_then})" for t, until_then in links))
        return True

    def more_links(self):
        """A contact test, whose link is TEST_TOKEN, and a page to an officer, whose link is PAGE_TOKEN."""
        then, later = (int(time.time()) - 3 * 3600) * 1000000, (int(time.time()) + 400 * 86400) * 1000000
        test, page = (self.bytes(hashlib.sha256(t.encode()).hexdigest()) for t in (TEST_TOKEN, PAGE_TOKEN))
        self.write(f"INSERT INTO message SELECT 2, 4712, member, 10, 1, 2, {then}, {then}, 0, 0, 0, 0, 0 FROM finding LIMIT 1",
                   f"INSERT INTO delivery VALUES (2, 2, 1, 0, 'soc@m1.example', 0, 1, 3, {then}, {then}, 1, 0, 250, '', 'u')",
                   "INSERT INTO contact_test SELECT 2, member, 0, 0, 0 FROM finding LIMIT 1",
                   f"INSERT INTO answer_link VALUES ({test}, 2, '', {later})",
                   f"INSERT INTO officer VALUES (1, 'j.doe', 1, {then})",
                   f"INSERT INTO page VALUES (1, 0, 1, 1, {then}, 0, 1, {later}, 0, '')",
                   f"INSERT INTO page_try VALUES (1, 1, 1, 0, {page}, {then}, 1, '')")

    def bytes(self, digits):
        return f"'\\x{digits}'" if self.url else f"X'{digits}'"


def quote(text):
    return "".join(c if c.isalnum() and c.isascii() else "".join(f"%{b:02X}" for b in c.encode()) for c in text)
