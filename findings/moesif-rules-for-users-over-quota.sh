#!/usr/bin/env bash
# moesifasgi 1.1.8 and moesifapi 1.5.5 with starlette 1.10.0 (PyPI), Python 3.11, run 2026-11-30.
# Expected: a rule that answers a user over quota sends the headers and the JSON that were written for it, and one that was removed
# answers nobody: the code asks `if not found_rule` and speaks of a log entry for it.
# It does: each blank in a header's value becomes an underscore. In a rule with variables each list of the body becomes a `map`, which
# `json.dumps` refuses. Rules and the users they are for come from two requests, and a user's rule that is not in the list is taken
# with `[...]`. Both throw within the request, outside of what the library catches. Seen:
#   as stated: content-type: application/json;_charset=utf-8; retry-after: Wed,_21_Oct_2026_07:28:00_GMT; www-authenticate:
#   Bearer_error="invalid_token"
#   as stated: body with an object: 429 {"error": "over 10"}; with a list: 500; with a list, rule without variables: 429
#   as stated: a user with the rule: 429; without any: 200; with one that is gone: 500
# Why it matters: the client knows neither the type nor the time; who answers `{"errors": [...]}`, as most APIs do, gives each user over
# quota a 500, which clients try again; and when a rule is removed, each request of its users fails until the next reading.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check moesifasgi==1.1.8 moesifapi==1.5.5 moesifpythonrequest==0.3.5 \
  starlette==1.10.0 httpx==0.28.1 APScheduler==3.11.3 readerwriterlock==1.0.10
cat >check.py <<'EOF'
import asyncio
import json
import logging
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
from moesifasgi import MoesifMiddleware
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

logging.disable(logging.CRITICAL)
served = {}


class Moesif(BaseHTTPRequestHandler):
    def answer(self, status, content):
        body = json.dumps(content).encode()
        self.send_response(status)
        headers = {"content-type": "application/json", "x-moesif-config-etag": "1", "content-length": str(len(body))}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer(200, served["rules" if self.path.startswith("/v1/rules") else "config"])

    def do_POST(self):
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.answer(201, {})

    def log_message(self, *_):
        pass


moesif = ThreadingHTTPServer(("127.0.0.1", 0), Moesif)
threading.Thread(target=moesif.serve_forever, daemon=True).start()


def over_quota(response, **more):
    rule = {"_id": "quota", "type": "user", "applied_to": "matching", "applied_to_unidentified": False, "regex_config": []}
    return {**rule, "block": True, "response": {"status": 429, "headers": {}, **response}, **more}


def ask(rule, of_user):
    served.update(rules=[rule], config={"user_rules": {"user-1": of_user}})
    settings = {
        "APPLICATION_ID": "app",
        "BASE_URI": f"http://127.0.0.1:{moesif.server_port}",
        "IDENTIFY_USER": lambda request, response: "user-1",
        "LOG_BODY": False,
    }
    routes = [Route("/", lambda request: PlainTextResponse("served"))]
    app = Starlette(routes=routes, middleware=[Middleware(MoesifMiddleware, settings=settings)])

    async def twice():
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://app") as client:
            await client.get("/")
            await asyncio.sleep(2)
            return await client.get("/")

    return asyncio.run(twice())


headers = {
    "Content-Type": "application/json; charset=utf-8",
    "Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT",
    "WWW-Authenticate": 'Bearer error="invalid_token"',
}
response = ask(over_quota({"headers": headers, "body": {"error": "quota"}}), [{"rules": "quota"}])
got = {name.lower(): response.headers.get(name) for name in headers}
seen_headers = "; ".join(f"{name}: {value}" for name, value in got.items())
headers_stated = response.status_code == 429 and got == {name.lower(): value.replace(" ", "_") for name, value in headers.items()}

variables = [{"name": "0", "path": "company.metadata.quota"}]
entry = [{"rules": "quota", "values": {"0": "10"}}]
body = {"errors": [{"detail": "over {{0}}"}]}
plain = ask(over_quota({"body": {"error": "over {{0}}"}}, variables=variables), entry)
listed = ask(over_quota({"body": body}, variables=variables), entry)
without = ask(over_quota({"body": body}), entry)
seen_list = (
    f"body with an object: {plain.status_code} {plain.text}; with a list: {listed.status_code}; "
    f"with a list, rule without variables: {without.status_code}"
)
list_stated = seen_list == (
    'body with an object: 429 {"error": "over 10"}; with a list: 500; with a list, rule without variables: 429'
)

rule = over_quota({"body": {"error": "quota"}})
known = ask(rule, [{"rules": "quota"}]).status_code
none = ask(rule, []).status_code
gone = ask(rule, [{"rules": "removed"}]).status_code
seen_gone = f"a user with the rule: {known}; without any: {none}; with one that is gone: {gone}"
gone_stated = [known, none, gone] == [429, 200, 500]

results = [(headers_stated, seen_headers), (list_stated, seen_list), (gone_stated, seen_gone)]
for is_as_stated, seen in results:
    print(f"{'as stated' if is_as_stated else 'CHANGED'}: {seen}")
sys.exit(0 if all(is_as_stated for is_as_stated, _ in results) else 1)
EOF
venv/bin/python check.py
