#!/usr/bin/env bash
# svix 2.9.1 with httpx 0.28.1 and pydantic 2.14.4 (PyPI), Python 3.11, run 2026-11-30.
# Expected: a `datetime` without a time zone is taken for UTC, as the maintainers decided: "The server fails to parse timestamps
# without any timezone. This diff treats any timestamp without a TZ set as if it's in UTC" (pull request 1395).
# It does: the filters of a list call `replace(tzinfo=...)` and drop what it gives, and a body does not try. Seen:
#   as stated: filter: 2026-01-01T00:00:00, with a zone: 2026-01-01T00:00:00+00:00; body: 2026-01-01T00:00:00, with a zone:
#   2026-01-01T00:00:00Z
# Why it matters: `datetime.utcnow()` and what Django or a driver gives without a zone cannot be used to list or to replay messages.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check svix==2.9.1 httpx==0.28.1 pydantic==2.14.4
cat >check.py <<'EOF'
import json
import sys
import threading
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

from svix.api import MessageListOptions, ReplayIn, Svix, SvixOptions

asked = []


class Server(BaseHTTPRequestHandler):
    def answer(self, content):
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        asked.append(parse_qs(urlsplit(self.path).query)["after"][0])
        self.answer({"data": [], "done": True, "iterator": None})

    def do_POST(self):
        asked.append(json.loads(self.rfile.read(int(self.headers["content-length"])))["since"])
        self.answer({"id": "qtask_1", "status": "running", "task": "endpoint.replay", "updatedAt": "2026-01-01T00:00:00Z"})

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
svix = Svix("testsk_1.eu", SvixOptions(server_url=f"http://127.0.0.1:{server.server_port}"))
plain = datetime(2026, 1, 1)
zoned = plain.replace(tzinfo=timezone.utc)
for moment in (plain, zoned):
    svix.message.list("app_1", MessageListOptions(after=moment))
for moment in (plain, zoned):
    svix.endpoint.replay_missing("app_1", "ep_1", ReplayIn(since=moment))
seen = f"filter: {asked[0]}, with a zone: {asked[1]}; body: {asked[2]}, with a zone: {asked[3]}"
without = "2026-01-01T00:00:00"
as_stated = asked == [without, f"{without}+00:00", without, f"{without}Z"]
print(f"{'as stated' if as_stated else 'CHANGED'}: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python check.py
