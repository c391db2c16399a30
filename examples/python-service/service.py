"""A small HTTP service that counts words: GET /health, POST /count."""

import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from words import count_words

LIMIT = 1024 * 1024


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/health":
            self.answer(200, {"status": "ok", "python": sys.version.split()[0]})
        else:
            self.answer(404, {"error": "there is no such resource"})

    def do_POST(self):
        length = int(self.headers.get("content-length", "0"))
        if self.path != "/count":
            self.answer(404, {"error": "there is no such resource"})
        elif length > LIMIT:
            self.answer(413, {"error": "the body is too large"})
        else:
            self.answer(200, count_words(self.rfile.read(length).decode("utf-8", "replace")))

    def answer(self, status, body):
        data = json.dumps(body).encode() + b"\n"
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format, *args):
        pass


def main():
    server = ThreadingHTTPServer(("", int(os.environ.get("PORT", "8000"))), Handler)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print(f"listening on port {server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
