"""A loopback peer for tests: serves what a publisher would, and misbehaves on demand.

Each peer of this folder is started as `PEER.py FOLDER [CERTIFICATE KEY]` and prints its
port, which the kernel chose; it stops when its standard input closes. FOLDER/mood says how
it behaves, read anew for each request (no file, or an empty one: well):

    429 SECONDS    asks to wait            status N      answers with this status
    503 SECONDS    asks to wait until a moment, as HTTP writes it
    drip           a byte now and then     cut           half of the body, then nothing
    silent         never answers           loop          a redirect without end
    to URL         a redirect to there     huge          a body of 64 MiB
    bomb           gzip that grows to 256 MiB               html   a page instead of data
    gzip           the body, compressed

A mood may be kept for some paths: `PART MOOD…`, PART beginning with a slash ("/reports/list
status 500"). FOLDER/log gets a line a request: method, path, what else counts, and when.
"""
import email.utils
import gzip
import http.server
import os
import ssl
import sys
import threading
import time
import zlib

PAGE = b"<!DOCTYPE html>\n<html><head><title>Login</title></head><body>Welcome, guest</body></html>\n"
LOUD = threading.Lock()


def bomb():
    """A gzip body that grows to 256 MiB."""
    press = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = bytes(1 << 20)
    return b"".join([press.compress(zeros) for _ in range(256)] + [press.flush()])


class Peer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder = "."

    def log_message(self, *_):
        pass

    def note(self, *words):
        with LOUD, open(os.path.join(self.folder, "log"), "a", encoding="utf-8") as log:
            log.write(" ".join(str(w) for w in words) + "\n")

    def mood(self):
        try:
            with open(os.path.join(self.folder, "mood"), encoding="utf-8") as file:
                words = file.read().split()
        except OSError:
            return []
        if words and words[0].startswith("/"):
            return words[1:] if words[0] in self.path else []
        return words

    def reply(self, status, body=b"", **headers):
        """One whole answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", len(body))
        self.end_headers()
        self.wfile.write(body)

    def misbehave(self, words):
        """True where the mood gave the answer."""
        kind = words[0] if words else ""
        if kind == "429":
            self.reply(429, b"slow down", Retry_After=words[1])
        elif kind == "503":
            self.reply(503, b"closed for now", Retry_After=email.utils.formatdate(time.time() + int(words[1]), usegmt=True))
        elif kind == "status":
            self.reply(int(words[1]), b'{"error": "so it says"}')
        elif kind == "silent":
            time.sleep(600)
        elif kind == "loop":
            self.reply(302, Location=self.path.split("?")[0] + "?" + str(time.time()))
        elif kind == "to":
            self.reply(302, Location=words[1])
        elif kind == "html":
            self.reply(200, PAGE, Content_Type="text/html")
        elif kind == "huge":
            self.reply(200, b"192.0.2.1\n" * (64 << 20 >> 3))
        elif kind == "bomb":
            self.reply(200, bomb(), Content_Encoding="gzip")
        else:
            return False
        return True

    def give(self, body, **headers):
        """The body, as the mood lets it."""
        kind = (self.mood() or [""])[0]
        if kind == "gzip":
            self.reply(200, gzip.compress(body), Content_Encoding="gzip", **headers)
        elif kind in ("drip", "cut"):
            self.send_response(200)
            self.send_header("Content-Length", len(body))
            self.end_headers()
            self.close_connection = True
            if kind == "cut":
                self.wfile.write(body[:len(body) // 2])
                return
            for at in range(len(body)):
                self.wfile.write(body[at:at + 1])
                time.sleep(0.3)
        else:
            self.reply(200, body, **headers)

    def handle_any(self):
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size)
        self.note(self.command, self.path, self.headers.get("If-None-Match") or "-",
                  self.headers.get("User-Agent"), f"{time.time():.3f}")
        try:
            if not self.misbehave(self.mood()):
                self.answer(body)
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
            self.close_connection = True

    do_GET = do_POST = handle_any

    def answer(self, body):
        raise NotImplementedError


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):  # a peer that hangs up is no news
        pass


def serve(kind):
    kind.folder = sys.argv[1]
    server = Server(("127.0.0.1", 0), kind)
    if len(sys.argv) > 3:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.buffer.read()
    os._exit(0)
