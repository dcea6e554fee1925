"""A network of a story's own (unshare -mn), where names are this machine and port 443 is free: for what is found by the name of a host."""
import fcntl
import http.server
import socket
import ssl
import struct
import subprocess
import sys
import threading


def is_skipped():
    """Takes the word away by which the shell script says that there are no namespaces."""
    said = "--skip" in sys.argv
    sys.argv = [a for a in sys.argv if a != "--skip"]
    return said


PUBLIC = "9.9.9.9"


def begin(tmp, names, public=()):
    """lo is up, and the names are it; `public` are names of a second address of it, which is no private one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        fcntl.ioctl(s, 0x8914, struct.pack("16sh", b"lo", 0x41))  # SIOCSIFFLAGS: up, running
        fcntl.ioctl(s, 0x8916, struct.pack("16sHH4s8x", b"lo:1", socket.AF_INET, 0, socket.inet_aton(PUBLIC)))  # SIOCSIFADDR
    with open(f"{tmp}/hosts", "w", encoding="ascii") as out:
        out.write(f"127.0.0.1 localhost {' '.join(names)}\n")
        out.write("".join(f"{PUBLIC} {name}\n" for name in public))
    subprocess.run(["mount", "--bind", f"{tmp}/hosts", "/etc/hosts"], check=True)


def publish(tmp, names, files):
    """Serves {path: bytes} over HTTPS, under a certificate for the names: tmp/tls.pem. Gives what was asked: [(host, path)]."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{tmp}/tls.key", "-out", f"{tmp}/tls.pem", "-days", "2",
                    "-subj", "/CN=a test", "-addext", "subjectAltName=" + ",".join(f"DNS:{n}" for n in names)], check=True, capture_output=True)
    asked = []

    class Files(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.headers["Host"], self.path))
            body = files.get(self.path, b"")
            self.send_response(200 if self.path in files else 404)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("0.0.0.0", 443), Files)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(f"{tmp}/tls.pem", f"{tmp}/tls.key")
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return asked
