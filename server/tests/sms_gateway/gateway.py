"""An SMS gateway that does what its paths say, and tells every request on a line of its own."""

import json
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOCK = threading.Lock()
SEEN = {}


def tell(what):
    with LOCK:
        print(json.dumps(what), flush=True)


class Gateway(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def meet(self):
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        mode = self.path.split("?")[0].strip("/")
        with LOCK:
            SEEN[mode] = times = SEEN.get(mode, 0) + 1
        headers = {name.lower(): value for name, value in self.headers.items()}
        tell({"method": self.command, "path": self.path, "headers": headers, "body": body.decode()})
        if mode == "taken":
            self.answer(200, b'{"status":"ok"}')
        elif mode == "twice":
            # Refused for now, two times.
            self.answer(503 if times <= 2 else 202, b"")
        elif mode == "wrong":
            self.answer(404, b"no such number")
        elif mode == "repeats":
            # Says again what it was sent, as many do.
            self.answer(500, body)
        elif mode == "says-no":
            self.answer(200, b'{"status":"error"}' + body)
        elif mode == "redirect":
            self.answer(302, b"", Location="/taken")
        elif mode == "hang":
            time.sleep(60)
        elif mode == "slow":
            # The head at once, the rest one byte a second.
            self.send_response(200)
            self.send_header("Content-Length", "60")
            self.end_headers()
            for _ in range(60):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(1)
        elif mode == "cut":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-")
            self.close_connection = True
        elif mode == "garbage":
            self.wfile.write(b"220 mail.example.ma ESMTP\r\n")
            self.close_connection = True
        elif mode == "huge":
            self.answer(200, b"x" * (8 << 20) + b'{"status":"ok"}')
        else:
            self.answer(405, b"")

    do_POST = meet
    do_GET = meet


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        # Whoever came has gone.
        pass


server = Server(("127.0.0.1", 0), Gateway)
if len(sys.argv) > 1:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(sys.argv[1])
    server.socket = tls.wrap_socket(server.socket, server_side=True)
tell({"port": server.server_address[1]})
threading.Thread(target=server.serve_forever, daemon=True).start()
# It ends with whoever started it.
sys.stdin.read()
