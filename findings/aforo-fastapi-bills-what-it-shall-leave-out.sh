#!/usr/bin/env bash
# aforo-metering 1.1.2 with starlette 1.10.0 and Flask 3.1.3 (PyPI), Python 3.11, run 2026-12-01.
# Expected: the middleware leaves out the paths and the status codes that it is told to, as the extension for Flask does.
# It does: it takes an argument only if its class of options has an attribute of that name. The two lists have none, as a dataclass
# gives none to a field whose default is made by a function: they are dropped without a word, and the defaults hold. These are compared by
# how a path begins. Seen:
#   as stated: exclude_paths /internal, exclude_status_codes 500: Starlette bills /internal, /failing, /orders; Flask /orders;
#   by default Starlette bills /docs, /orders and not /healthcare
# Why it matters: a customer pays for the calls that failed and for those of the operator, and nothing for an API under /healthcare.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check aforo-metering==1.1.2 starlette==1.10.0 Flask==3.1.3 httpx==0.28.1
cat >check.py <<'EOF'
import asyncio
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
from aforo.middleware.fastapi import AforoMeteringMiddleware
from aforo.middleware.flask import AforoMetering
from flask import Flask
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

PATHS = ("/internal", "/failing", "/docs", "/healthcare", "/orders")
billed = []


class Ingestor(BaseHTTPRequestHandler):
    def do_POST(self):
        batch = json.loads(self.rfile.read(int(self.headers["content-length"])))
        billed.extend(event["endpointPath"] for event in batch["events"])
        body = json.dumps({"accepted": len(batch["events"]), "duplicates": 0, "failed": 0, "errors": []}).encode()
        self.send_response(202)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Ingestor)
threading.Thread(target=server.serve_forever, daemon=True).start()
common = {"api_key": "key", "base_url": f"http://127.0.0.1:{server.server_port}", "customer_id": "customer"}
told = {"exclude_paths": ["/internal"], "exclude_status_codes": [500]}
status = {"/failing": 500}


def taken():
    paths = [path for path in PATHS if path in billed]
    billed.clear()
    return ", ".join(paths)


async def starlette(paths, **settings):
    middleware = None

    def build(app):
        nonlocal middleware
        middleware = AforoMeteringMiddleware(app, **common, **settings)
        return middleware

    answer = lambda request: PlainTextResponse("", status_code=status.get(request.url.path, 200))
    app = build(Starlette(routes=[Route(path, answer) for path in PATHS]))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://api.example") as client:
        for path in paths:
            await client.get(path)
    middleware._client.shutdown()
    return taken()


def flask(paths, **settings):
    app = Flask("api")
    for path in PATHS:
        app.add_url_rule(path, path, lambda path=path: ("", status.get(path, 200)))
    extension = AforoMetering(app, **common, **settings)
    for path in paths:
        app.test_client().get(path)
    extension._client.shutdown()
    return taken()


asked = ("/internal", "/failing", "/orders")
seen = (
    f"exclude_paths /internal, exclude_status_codes 500: Starlette bills {asyncio.run(starlette(asked, **told))}; "
    f"Flask {flask(asked, **told)}; by default Starlette bills {asyncio.run(starlette(('/docs', '/healthcare', '/orders')))} "
    "and not /healthcare"
)
as_stated = seen == (
    "exclude_paths /internal, exclude_status_codes 500: Starlette bills /internal, /failing, /orders; Flask /orders; "
    "by default Starlette bills /docs, /orders and not /healthcare"
)
print(f"{'as stated' if as_stated else 'CHANGED'}: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python check.py
