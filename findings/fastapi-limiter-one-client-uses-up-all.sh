#!/usr/bin/env bash
# fastapi-limiter 0.2.0 with pyrate-limiter 4.5.1 and fastapi 0.165.0 (PyPI), run 2026-11-30.
# Expected: "allows 2 requests per 5 seconds on route /" and "identifier: default is by IP + path" of the README: each client has its
# own two requests, as up to 0.1, where the identifier was the key in Redis.
# It does: since 0.2 the key is only the name of the entry in the one bucket that the limiter has. All clients share it. Seen:
#   as stated: 2 requests an hour: first client 200 200, second client 429 429; an identifier of one's own 429 429
# Why it matters: the upgrade keeps the code's meaning on paper and lets one customer lock out every other.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check fastapi-limiter==0.2.0 pyrate-limiter==4.5.1 fastapi==0.165.0 \
  httpx2==2.16.2 httpx==0.28.1
cat >check.py <<'EOF'
import sys

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient
from fastapi_limiter.depends import RateLimiter
from pyrate_limiter import Duration, Limiter, Rate


def prepare(**options):
    app = FastAPI()
    limit = RateLimiter(limiter=Limiter(Rate(2, Duration.HOUR)), **options)

    @app.get("/", dependencies=[Depends(limit)])
    async def answer():
        return "served"

    def ask_twice(address: str, customer: str) -> str:
        client = TestClient(app, base_url="http://127.0.0.1", client=(address, 1))
        return " ".join(str(client.get("/", headers={"x-customer": customer}).status_code) for _ in range(2))

    return ask_twice


async def by_customer(request):
    return request.headers["x-customer"]


ask = prepare()
first, second = ask("192.0.2.1", "a"), ask("192.0.2.2", "b")
ask = prepare(identifier=by_customer)
ask("192.0.2.1", "a")
own = ask("192.0.2.1", "b")
seen = f"first client {first}, second client {second}; an identifier of one's own {own}"
as_stated = seen == "first client 200 200, second client 429 429; an identifier of one's own 429 429"
print(f"{'as stated' if as_stated else 'CHANGED'}: 2 requests an hour: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python -W ignore check.py
