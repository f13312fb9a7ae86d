#!/usr/bin/env bash
# slowapi 0.1.10 with fastapi 0.165.0, and Flask-Limiter 4.1.1 (PyPI), on which it is modelled, run 2026-11-30.
# Expected: "5/day;1/second" and "1/second;5/day" are the same two limits, and a request that one of them refuses is not taken from
# the other.
# It does: the limits are counted in the order in which they are written, up to the first that refuses. With the day in front each
# request that comes too fast uses up the day; with the second in front it does not. Flask-Limiter sorts them first. Seen:
#   as stated: 1 served, 4 refused at once, a second later: slowapi 5/day;1/second 429, 1/second;5/day 200; Flask-Limiter 200, 200
# Why it matters: a client that tries again after a 429, as it may, has no requests left for the day, of which it was served one.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check slowapi==0.1.10 fastapi==0.165.0 httpx2==2.16.2 httpx==0.28.1 limits==5.8.0 \
  Flask-Limiter==4.1.1 flask==3.1.3
cat >check.py <<'EOF'
import sys
import time

import flask
import flask_limiter
import slowapi
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from slowapi.errors import RateLimitExceeded


def ask_slowapi(limits: str):
    app = FastAPI()
    limiter = slowapi.Limiter(key_func=lambda: "customer")
    app.state.limiter = limiter
    app.add_exception_handler(RateLimitExceeded, slowapi._rate_limit_exceeded_handler)

    @app.get("/")
    @limiter.limit(limits)
    def answer(request: Request):
        return "served"

    client = TestClient(app, base_url="http://127.0.0.1")
    return lambda: client.get("/").status_code


def ask_flask(limits: str):
    app = flask.Flask("check")
    limiter = flask_limiter.Limiter(lambda: "customer", app=app, storage_uri="memory://")

    @app.get("/")
    @limiter.limit(limits)
    def answer():
        return "served"

    client = app.test_client()
    return lambda: client.get("/").status_code


def measure(prepare, limits: str) -> int:
    ask = prepare(limits)
    while time.time() % 1 > 0.3:
        time.sleep(0.01)
    assert [ask() for _ in range(5)] == [200, 429, 429, 429, 429]
    time.sleep(1.2)
    return ask()


orders = ["5/day;1/second", "1/second;5/day"]
ours, theirs = ([measure(prepare, limits) for limits in orders] for prepare in (ask_slowapi, ask_flask))
seen = f"slowapi {orders[0]} {ours[0]}, {orders[1]} {ours[1]}; Flask-Limiter {theirs[0]}, {theirs[1]}"
as_stated = seen == "slowapi 5/day;1/second 429, 1/second;5/day 200; Flask-Limiter 200, 200"
print(f"{'as stated' if as_stated else 'CHANGED'}: 1 served, 4 refused at once, a second later: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python -W ignore check.py 2>/dev/null
