#!/usr/bin/env bash
# async-ratelimit 0.1.1 with starlette 1.10.0 and redis 8.1.0 (PyPI), Python 3.11, run 2026-12-01.
# Expected: with a sliding window of five requests a minute, who asked for nothing in the last minute is served, and who is refused is
# told when to come back. The readme calls it a log of the requests, and exact.
# It does: in memory it weighs the window before, and takes for that the last one that was used, however long ago. The time to wait is
# how far the count is over the limit, which is nothing when the limit is just reached. Seen:
#   as stated: 200 five times, then 429 with Retry-After 0; an hour later 429 with Retry-After 0; 13 seconds after that 200
# Why it matters: a job that sends five requests an hour is refused at each run but the first, and is told to try again at once.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check async-ratelimit==0.1.1 starlette==1.10.0 redis==8.1.0 httpx==0.28.1
cat >check.py <<'EOF'
import asyncio
import sys
import time

import httpx
from rate_limiter import AlgorithmType, RateLimiterMiddleware, RateLimiterOrchestrator, RateLimiterType
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

limiter = RateLimiterOrchestrator(RateLimiterType.IN_MEMORY, AlgorithmType.SLIDING_WINDOW, max_requests=5, time_window=60)
app = Starlette(routes=[Route("/", lambda _: PlainTextResponse("served"))])
app.add_middleware(RateLimiterMiddleware, limiter=limiter)
moment = 1_800_000_000.0
time.time = lambda: moment


async def main():
    global moment
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://api.example") as client:

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


seen = asyncio.run(main())
as_stated = seen == (
    "200 five times, then 429 with Retry-After 0; an hour later 429 with Retry-After 0; 13 seconds after that 200"
)
print(f"{'as stated' if as_stated else 'CHANGED'}: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python check.py
