"""The instance metadata service, version 2 only, as far as the gate asks it.

    python3 imds.py ADDRESS PORT STATE LOG

STATE is a JSON file that is read at each request, so that a test changes what an instance "has" while the gate runs:

    macs           by MAC, the items below network/interfaces/macs/MAC/
    listing        if not null, what macs/ answers instead, to the letter
    status         if not null, every answer's status
    token_seconds  if not null, the longest life that a token gets here
    revoked        tokens that were handed out before this number was raised are no longer good

LOG gets a line for each request: method, path, status.
"""

import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = "/latest/meta-data/network/interfaces/macs/"
TTL = "X-aws-ec2-metadata-token-ttl-seconds"
tokens = {}


def put_token(state, headers):
    ttl = headers.get(TTL, "")
    if not ttl.isdigit() or not 1 <= int(ttl) <= 21600:
        return 400, ""
    token = secrets.token_urlsafe(40)
    tokens[token] = (time.monotonic() + min(int(ttl), state["token_seconds"] or 21600), state["revoked"])
    return 200, token


def get_item(state, path, headers):
    until, revoked = tokens.get(headers.get("X-aws-ec2-metadata-token"), (0, -1))
    if time.monotonic() >= until or revoked != state["revoked"]:
        return 401, ""
    if path == ROOT and state["listing"] is not None:
        return 200, state["listing"]
    if path == ROOT and state["macs"]:
        return 200, "\n".join(mac + "/" for mac in state["macs"])
    mac, _, item = path.removeprefix(ROOT).partition("/")
    value = state["macs"].get(mac, {}).get(item)
    return (404, "") if value is None else (200, str(value))


class Metadata(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(lambda state: get_item(state, self.path, self.headers))

    def do_PUT(self):
        if self.path == "/latest/api/token":
            self.answer(lambda state: put_token(state, self.headers))
        else:
            self.answer(lambda state: (404, ""))

    def answer(self, of):
        state = json.loads(Path(sys.argv[3]).read_text())
        status, body = of(state)
        status = state["status"] or status
        with open(sys.argv[4], "a") as log:
            log.write(f"{self.command} {self.path} {status}\n")
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Metadata).serve_forever()
