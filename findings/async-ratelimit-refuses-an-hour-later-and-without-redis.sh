#!/usr/bin/env bash
# async-ratelimit 0.1.1 with starlette 1.10.0 and redis 8.1.0 (PyPI), Python 3.11, run 2026-12-01.
# Expected: with a sliding window of five requests a minute, who asked for nothing in the last minute is served, and who is refused is
# told when to come back. `fail_open`, on by default, lets requests through while Redis is away; off, it answers 503.
# It does: in memory it weighs the window before, and takes for that the last one that was used, however long ago. The time to wait is
# how far the count is over the limit, which is nothing when the limit is just reached. Over Redis each algorithm catches its own errors
# and refuses, so the policy for failures never sees one. Seen:
#   as stated: 200 five times, then 429 with Retry-After 0; an hour later 429 with Retry-After 0; 13 seconds after that 200
#   as stated: without Redis: fixed_window 429, sliding_window 429, token_bucket 429, with fail_open=False 429
# Why it matters: a job that sends five requests an hour is refused at each run but the first, and told to try again at once; while Redis
# is away every client is refused, and no monitor of 5xx sees it.
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
import time

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
moment = 1_800_000_000.0
time.time = lambda: moment


def client_of(limiter, **settings):
    app = Starlette(routes=[Route("/", lambda _: PlainTextResponse("served"))])
    app.add_middleware(RateLimiterMiddleware, limiter=limiter, **settings)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://api.example")


async def in_memory():
    global moment
    limiter = RateLimiterOrchestrator(RateLimiterType.IN_MEMORY, AlgorithmType.SLIDING_WINDOW, max_requests=5, time_window=60)
    async with client_of(limiter) as client:

        async def ask():
            response = await client.get("/")
            wait = response.headers.get("retry-after")
            return f"{response.status_code}" + (f" with Retry-After {wait}" if wait is not None else "")

        first = [await ask() for _ in range(5)]
        served = "five times" if first == ["200"] * 5 else f"not five times but {first}"
        sixth = await ask()
        moment += 3600
        later = await ask()
        moment += 13
        return f"200 {served}, then {sixth}; an hour later {later}; 13 seconds after that {await ask()}"


async def without_redis(algorithm, **settings):
    redis = Redis(host="127.0.0.1", port=port, retry=Retry(NoBackoff(), 0))
    limiter = RateLimiterOrchestrator(RateLimiterType.REDIS, algorithm, max_requests=5, time_window=60, redis_client=redis)
    async with client_of(limiter, **settings) as client:
        return (await client.get("/")).status_code


async def outage():
    algorithms = (AlgorithmType.FIXED_WINDOW, AlgorithmType.SLIDING_WINDOW, AlgorithmType.TOKEN_BUCKET)
    answers = ", ".join([f"{algorithm.value} {await without_redis(algorithm)}" for algorithm in algorithms])
    return f"without Redis: {answers}, with fail_open=False {await without_redis(AlgorithmType.FIXED_WINDOW, fail_open=False)}"


STATED = {
    in_memory: "200 five times, then 429 with Retry-After 0; an hour later 429 with Retry-After 0; 13 seconds after that 200",
    outage: "without Redis: fixed_window 429, sliding_window 429, token_bucket 429, with fail_open=False 429",
}
changed = False
for look, stated in STATED.items():
    seen = asyncio.run(look())
    changed |= seen != stated
    print(f"{'CHANGED' if seen != stated else 'as stated'}: {seen}")
sys.exit(1 if changed else 0)
EOF
venv/bin/python check.py
