"""A loopback mail server that does what a real one will not.

Started as `smtp.py FOLDER [CERTIFICATE KEY [implicit]]`, it prints its port, which the kernel
chose, and stops when its standard input closes. With a certificate it offers STARTTLS (or speaks
TLS at once). FOLDER/mood says how it behaves, read anew for each connection and each mail (no
file: well); several words may be joined by a comma:

    STAGE CODE TEXT…   answers so at greet, ehlo, mail, rcpt, data or end
    once STAGE CODE…   the same for the first mail only, then well (greylisting)
    hangup STAGE       hangs up instead of answering; "hangup end" after it took all of the mail
    cut                hangs up in the middle of the mail's bytes
    silent STAGE       never answers         slow         a byte of each answer, now and then
    garbage STAGE      answers in words of another protocol
    endless STAGE      a line without end    lines STAGE  lines without end
    strip              does not offer STARTTLS, as one in between would have it
    refuse             offers STARTTLS, and refuses it
    broken             takes STARTTLS, and talks nonsense
    plainly            no PIPELINING         size N       takes N bytes at most
    rest N             closes with 421 after N mails
    gone N             closes without a word after N mails
    auth               asks for user and password (FOLDER/users: "user password" a line)

FOLDER/mail/N is each mail that it took, with its envelope in the first two lines; FOLDER/log has a
line for each command: connection, whether it is encrypted, the command.
"""
import base64
import os
import socket
import ssl
import sys
import threading
import time

FOLDER = sys.argv[1]
LOUD = threading.Lock()
LONG = 1 << 20


class Gone(Exception):
    pass


def moods():
    try:
        with open(os.path.join(FOLDER, "mood"), encoding="utf-8") as file:
            return [m.split() for m in file.read().split(",") if m.split()]
    except OSError:
        return []


def note(*words):
    with LOUD, open(os.path.join(FOLDER, "log"), "a", encoding="utf-8") as log:
        log.write(" ".join(str(w) for w in words) + "\n")


class Talk:
    connections = 0
    taken = 0
    seen = set()

    def __init__(self, plain):
        Talk.connections += 1
        self.number = Talk.connections
        self.socket = plain
        self.tls = False
        self.reader = plain.makefile("rb", 1 << 16)
        self.mails = 0
        self.known = False

    def has(self, *words):
        """The first mood that begins with these words: what stands behind them, or None."""
        for mood in moods():
            if mood[:len(words)] == list(words):
                return mood[len(words):]
        return None

    def send(self, data):
        if self.has("slow") is not None:
            for at in range(len(data)):
                self.socket.sendall(data[at:at + 1])
                time.sleep(0.2)
        else:
            self.socket.sendall(data)

    def line(self):
        line = self.reader.readline()
        if not line.endswith(b"\n"):
            raise Gone()
        return line.rstrip(b"\r\n")

    def answer(self, stage, well, who=""):
        """What the moods want at this stage; else `well`. True where it was well."""
        if self.has("hangup", stage) is not None:
            raise Gone()
        if self.has("silent", stage) is not None:
            time.sleep(600)
        if self.has("garbage", stage) is not None:
            self.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            return False
        if self.has("endless", stage) is not None:
            while True:
                self.socket.sendall(b"x" * LONG)
        if self.has("lines", stage) is not None:
            while True:
                self.socket.sendall(b"250-and more\r\n" * 1000)
        said = self.has(stage)
        once = self.has("once", stage)
        if once is not None and (stage, who) not in Talk.seen:
            Talk.seen.add((stage, who))
            said = once
        if said:
            self.send((" ".join(said) + "\r\n").encode())
            if said[0] == "421":
                raise Gone()
            return False
        self.send(well)
        return True

    def ehlo(self):
        can = [b"fake.example"]
        if self.has("plainly") is None:
            can.append(b"PIPELINING")
        size = self.has("size")
        can.append(b"SIZE " + (size[0].encode() if size else b"26214400"))
        can.append(b"ENHANCEDSTATUSCODES")
        if len(sys.argv) > 3 and not self.tls and self.has("strip") is None:
            can.append(b"STARTTLS")
        if self.has("auth") is not None:
            can.append(b"AUTH PLAIN LOGIN")
        lines = [b"250-" + c for c in can[:-1]] + [b"250 " + can[-1]]
        self.answer("ehlo", b"\r\n".join(lines) + b"\r\n")

    def encrypt(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.tls = True
        self.reader = self.socket.makefile("rb", 1 << 16)

    def starttls(self):
        if self.has("refuse") is not None:
            self.send(b"454 4.7.0 TLS not now\r\n")
            return
        self.send(b"220 2.0.0 go ahead\r\n")
        if self.has("broken") is not None:
            self.socket.sendall(b"this is no TLS\r\n")
            raise Gone()
        self.encrypt()

    def auth(self, words):
        if words[1].upper() == "PLAIN":
            if len(words) < 3:
                self.send(b"334 \r\n")
                words.append(self.line().decode())
            _, user, password = base64.b64decode(words[2]).split(b"\0")
        else:
            self.send(b"334 VXNlcm5hbWU6\r\n")
            user = base64.b64decode(self.line())
            self.send(b"334 UGFzc3dvcmQ6\r\n")
            password = base64.b64decode(self.line())
        with open(os.path.join(FOLDER, "users"), "rb") as users:
            self.known = user + b" " + password in users.read().split(b"\n")
        self.send(b"235 2.7.0 known\r\n" if self.known else b"535 5.7.8 wrong user or password\r\n")

    def data(self, sender, to):
        lines = []
        cut = self.has("cut") is not None
        while True:
            line = self.line()
            if line == b".":
                break
            lines.append((line[1:] if line.startswith(b".") else line) + b"\r\n")
            if cut and len(lines) > 2:
                raise Gone()
        # What it does behind the end is told after it kept the mail: so it is with a real one.
        if self.has("end") is None and not (self.has("once", "end") and ("end", to) not in Talk.seen):
            with LOUD:
                Talk.taken += 1
                name = os.path.join(FOLDER, "mail", str(Talk.taken))
            with open(name, "wb") as out:
                out.write(f"{sender}\r\n{to}\r\n".encode() + b"".join(lines))
        self.answer("end", b"250 2.0.0 taken as %d\r\n" % Talk.taken, to)
        self.mails += 1

    def command(self, line, state):
        words = line.decode("latin-1").split()
        verb = words[0].upper() if words else ""
        note(self.number, "tls" if self.tls else "plain", verb if verb == "AUTH" else line.decode("latin-1"))
        if verb in ("EHLO", "HELO"):
            self.ehlo()
        elif verb == "STARTTLS" and len(sys.argv) > 3:
            self.starttls()
        elif verb == "AUTH":
            self.auth(words)
        elif verb == "MAIL":
            rest = self.has("rest")
            if rest and self.mails >= int(rest[0]):
                self.send(b"421 4.7.0 enough for now\r\n")
                raise Gone()
            gone = self.has("gone")
            if gone and self.mails >= int(gone[0]):
                raise Gone()
            state["from"] = line.decode("latin-1")[10:] if self.answer("mail", b"250 2.1.0 Ok\r\n") else None
        elif verb == "RCPT":
            to = line.decode("latin-1")[8:]
            if state.get("from") is None:
                self.send(b"503 5.5.1 no sender\r\n")
            elif self.answer("rcpt", b"250 2.1.5 Ok\r\n", to):
                state["to"] = to
        elif verb == "DATA":
            if state.get("to") is None:
                self.send(b"554 5.5.1 no recipient\r\n")
            elif self.answer("data", b"354 go on\r\n"):
                self.data(state["from"], state["to"])
                state.clear()
        elif verb == "RSET":
            state.clear()
            self.send(b"250 2.0.0 Ok\r\n")
        elif verb == "QUIT":
            self.send(b"221 2.0.0 Bye\r\n")
            raise Gone()
        else:
            self.send(b"502 5.5.2 what?\r\n")

    def run(self):
        state = {}
        try:
            if len(sys.argv) > 4:
                self.encrypt()
            if self.answer("greet", b"220 fake.example ESMTP\r\n"):
                while True:
                    self.command(self.line(), state)
        except (Gone, OSError):
            pass
        finally:
            self.reader.close()
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
