#!/usr/bin/env bash
# moesifasgi 1.1.8 and moesifapi 1.5.5 with starlette 1.10.0 (PyPI), Python 3.11, run 2026-11-30.
# Expected: rules and the users they are for come from two requests, so a user may have a rule that is not in the list, as after its
# removal. It is passed over: the code asks `if not found_rule` and speaks of a log entry for it.
# It does: it takes the rule with `[...]`, which throws a KeyError within the request, outside of what the library catches. Seen:
#   as stated: a user with the rule: 429; without any: 200; with one that is gone: 500
# Why it matters: when a rule is removed, each request of its users fails until the next reading, a minute, or as long as the list
# cannot be read.
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


rule = over_quota({"body": {"error": "quota"}})
known = ask(rule, [{"rules": "quota"}]).status_code
none = ask(rule, []).status_code
gone = ask(rule, [{"rules": "removed"}]).status_code
seen = f"a user with the rule: {known}; without any: {none}; with one that is gone: {gone}"
as_stated = [known, none, gone] == [429, 200, 500]
print(f"{'as stated' if as_stated else 'CHANGED'}: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python check.py
