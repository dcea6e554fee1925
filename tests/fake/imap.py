"""A loopback IMAP server that does what a real one will not.

Started as `imap.py FOLDER [CERTIFICATE KEY]`, it prints its port, which the kernel chose, and stops
when its standard input closes. With a certificate it speaks TLS at once. FOLDER/mail/N are its mails,
N their UIDs; FOLDER/validity its UIDVALIDITY (1 where there is none). FOLDER/mood says how it behaves,
read anew at each command (no file: well); several words may be joined by a comma:

    bye greet        hangs up with BYE            hang STAGE     never answers: at greet, select, search,
    endless greet    a line without end                          fetch, middle (of a literal), store, idle
    lines STAGE      10^6 untagged EXISTS first   huge N         announces 4 GB for mail N
    nokeywords       keeps none, and says so      readonly       likewise
    liar             says that it keeps them      refuse N       NO to the fetch of mail N
    nil N            has no bytes of mail N       vanish N       mail N is gone between search and fetch
    twice N          gives mail N twice           other N        gives another mail for N, under its own number
    cut N            hangs up in the middle of mail N            die N    hangs up at the fetch of mail N
    close N          hangs up after N fetches     many           names 200000 mails more in a search, on one line
    phantom          names a mail that never is   flood          tells of EXISTS all the time that it idles
    denied           refuses the password         unlike         no [UIDVALIDITY], no [PERMANENTFLAGS]

FOLDER/log has a line for each command; FOLDER/marks is a line for each mail that is marked.
"""
import os
import select
import socket
import ssl
import sys
import threading
import time

FOLDER = sys.argv[1]
LOUD = threading.Lock()
MANY = b"* 7 EXISTS\r\n" * 1000


class Gone(Exception):
    pass


def read(name, default=""):
    try:
        with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
            return file.read()
    except OSError:
        return default


def note(name, line):
    with LOUD, open(os.path.join(FOLDER, name), "a", encoding="utf-8") as log:
        log.write(line + "\n")


def mails():
    return sorted(int(n) for n in os.listdir(os.path.join(FOLDER, "mail")))


def of_set(text, last):
    """The numbers of a set of RFC 3501, as a question."""
    parts = []
    for part in text.split(","):
        low, _, high = part.partition(":")
        ends = sorted(last if x == "*" else int(x) for x in (low, high or low))
        parts.append(range(ends[0], ends[1] + 1))
    return lambda uid: any(uid in p for p in parts)


class Talk:
    def __init__(self, plain):
        self.socket, self.fetched, self.gone = plain, 0, set()
        self.reader = None

    def has(self, *words):
        return any(mood.split() == list(words) for mood in read("mood").split(","))

    def send(self, data):
        self.socket.sendall(data)

    def stage(self, name):
        if self.has("hang", name):
            time.sleep(600)
        if self.has("lines", name):
            for _ in range(1000):
                self.send(MANY)

    def good(self, tag, says=b"done"):
        self.send(tag + b" OK " + says + b"\r\n")

    def select(self, tag):
        self.stage("select")
        self.send(b"* FLAGS (\\Answered \\Seen)\r\n* %d EXISTS\r\n" % len(mails()))
        if not self.has("unlike"):
            flags = b"\\Answered \\Seen" + (b"" if self.has("nokeywords") else b" \\*")
            self.send(b"* OK [PERMANENTFLAGS (%s)] kept\r\n* OK [UIDVALIDITY %s] valid\r\n" % (flags, read("validity", "1").strip().encode()))
        self.good(tag, b"[READ-ONLY] look" if self.has("readonly") else b"[READ-WRITE] done")

    def search(self, tag, words):
        self.stage("search")
        marked = set(read("marks").split())
        there = mails()
        if "UNKEYWORD" in words:
            found = [u for u in there if str(u) not in marked]
        else:
            wants = of_set(words[words.index("UID", 2) + 1], there[-1] if there else 0)
            found = [u for u in there if wants(u)]
        if self.has("phantom"):
            found.append(4000000000)
        if self.has("many"):
            found += list(range(1000000, 1200000))
        self.send(b"* SEARCH" + b"".join(b" %d" % u for u in found) + b"\r\n")
        self.good(tag)

    def mail(self, uid):
        with open(os.path.join(FOLDER, "mail", str(uid)), "rb") as file:
            return file.read()

    def give(self, uid, body, before=None):
        self.send(b"* 1 FETCH (UID %d BODY[] {%d}\r\n" % (uid, len(body)))
        if before is not None:
            self.send(body[:before])
            if self.has("hang", "middle"):
                time.sleep(600)
            raise Gone()
        self.send(body + b")\r\n")

    def fetch(self, tag, uid):
        self.stage("fetch")
        n, there = str(uid), uid in mails()
        if self.has("die", n) or (self.fetched > 0 and self.has("close", str(self.fetched))):
            raise Gone()
        self.fetched += 1
        if self.has("refuse", n):
            self.send(tag + b" NO [SERVERBUG] not this one\r\n")
            return
        if self.has("vanish", n):
            os.remove(os.path.join(FOLDER, "mail", n))
        elif self.has("nil", n):
            self.send(b"* 1 FETCH (BODY[] NIL UID %d)\r\n" % uid)
        elif self.has("huge", n):
            self.send(b"* 1 FETCH (UID %d BODY[] {4294967295}\r\n" % uid)
            for _ in range(1 << 16):
                self.send(b"x" * (1 << 16))
            return
        elif self.has("other", n):
            self.give(min(mails()), self.mail(min(mails())))
            self.give(uid, self.mail(uid))
        elif there:
            half = len(self.mail(uid)) // 2
            self.give(uid, self.mail(uid), half if self.has("cut", n) or self.has("hang", "middle") else None)
            if self.has("twice", n):
                self.give(uid, self.mail(uid).replace(b"the one", b"the other"))
        self.good(tag)

    def idle(self, tag):
        if self.has("hang", "idle"):
            time.sleep(600)
        self.send(b"+ idling\r\n")
        self.stage("idling")
        if self.has("flood"):
            self.send(MANY * 1000)
        while self.has("flood") and not select.select([self.socket], [], [], 0.01)[0]:
            self.send(MANY)
        self.line()
        self.good(tag)

    def line(self):
        line = self.reader.readline()
        if not line.endswith(b"\n"):
            raise Gone()
        return line.rstrip(b"\r\n")

    def command(self, line):
        text = line.decode("latin-1")
        words = text.split()
        tag, verb = words[0].encode(), words[1].upper()
        note("log", " ".join(words[1:]) if verb != "LOGIN" else verb)
        if verb == "CAPABILITY":
            self.send(b"* CAPABILITY IMAP4rev1 IDLE\r\n")
            self.good(tag)
        elif verb == "LOGIN" and self.has("denied"):
            self.send(tag + b" NO [AUTHENTICATIONFAILED] who?\r\n")
        elif verb == "SELECT":
            self.select(tag)
        elif verb == "UID" and words[2].upper() == "SEARCH":
            self.search(tag, words)
        elif verb == "UID" and words[2].upper() == "FETCH":
            self.fetch(tag, int(words[3]))
        elif verb == "UID" and words[2].upper() == "STORE":
            self.stage("store")
            if not self.has("nokeywords") and not self.has("liar") and not self.has("readonly"):
                note("marks", words[3])
            self.good(tag)
        elif verb == "IDLE":
            self.idle(tag)
        else:
            self.good(tag)

    def run(self):
        try:
            if len(sys.argv) > 2:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(sys.argv[2], sys.argv[3])
                self.socket = context.wrap_socket(self.socket, server_side=True)
            self.reader = self.socket.makefile("rb", 1 << 16)
            note("log", "connected")
            self.stage("greet")
            if self.has("bye", "greet"):
                self.send(b"* BYE not now\r\n")
                raise Gone()
            while self.has("endless", "greet"):
                self.send(b"x" * (1 << 20))
            self.send(b"* OK ready\r\n")
            while True:
                self.command(self.line())
        except (Gone, OSError):
            pass
        finally:
            try:
                self.socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            self.socket.close()


def main():
    os.makedirs(os.path.join(FOLDER, "mail"), exist_ok=True)
    server = socket.create_server(("127.0.0.1", 0), backlog=64)
    print(server.getsockname()[1], flush=True)

    def serve():
        while True:
            connection, _ = server.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=Talk(connection).run, daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    sys.stdin.buffer.read()
    os._exit(0)


main()
