#!/usr/bin/env bash
# async-ratelimit 0.1.1 with starlette 1.10.0 and redis 8.1.0 (PyPI), Python 3.11, run 2026-12-01.
# Expected: "fail_open: Failure policy used when the limiter itself raises (e.g. Redis is unreachable): True (default): let the request
# through un-limited, favouring availability. False: reject with 503".
# It does: each algorithm catches its own errors and answers that the request is refused. The limiter never raises, and both settings
# are the same. Seen:
#   as stated: without Redis: fixed_window 429, sliding_window 429, token_bucket 429, with fail_open=False 429; Retry-After 0
# Why it matters: while Redis is away every request of every client is a 429, and no monitor of 5xx sees it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check async-ratelimit==0.1.1 starlette==1.10.0 redis==8.1.0 httpx==0.28.1
cat >check.py <<'EOF'
import asyncio
import logging
import socket
import sys

import httpx
from rate_limiter import AlgorithmType, RateLimiterMiddleware, RateLimiterOrchestrator, RateLimiterType
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

logging.disable(logging.CRITICAL)
# A port that was free a moment ago: nothing listens there.
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]


async def ask(algorithm, **settings):
    redis = Redis(host="127.0.0.1", port=port, retry=Retry(NoBackoff(), 0))
    limiter = RateLimiterOrchestrator(RateLimiterType.REDIS, algorithm, max_requests=5, time_window=60, redis_client=redis)
    app = Starlette(routes=[Route("/", lambda _: PlainTextResponse("served"))])
    app.add_middleware(RateLimiterMiddleware, limiter=limiter, **settings)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://api.example") as client:
        return await client.get("/")


async def main():
    algorithms = (AlgorithmType.FIXED_WINDOW, AlgorithmType.SLIDING_WINDOW, AlgorithmType.TOKEN_BUCKET)
    open_ = [await ask(algorithm) for algorithm in algorithms]
    closed = await ask(AlgorithmType.FIXED_WINDOW, fail_open=False)
    answers = ", ".join(f"{algorithm.value} {response.status_code}" for algorithm, response in zip(algorithms, open_))
    return f"without Redis: {answers}, with fail_open=False {closed.status_code}; Retry-After {open_[0].headers.get('retry-after')}"


seen = asyncio.run(main())
as_stated = seen == (
    "without Redis: fixed_window 429, sliding_window 429, token_bucket 429, with fail_open=False 429; Retry-After 0"
)
print(f"{'as stated' if as_stated else 'CHANGED'}: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python check.py
