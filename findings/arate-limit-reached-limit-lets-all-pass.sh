#!/usr/bin/env bash
# arate-limit 1.2.2 with fakeredis 2.41.0 and lupa 2.8 (PyPI), Python 3.11, run 2026-12-01.
# Expected: "event_count: Maximum number of events allowed in the time window; slack: Additional allowance for brief bursts": after 20 calls
# in a minute, and at most 10 more, `wait()` waits.
# It does: when the limit is reached it waits only if ten calls were noted in the last second, and what passes then is not noted. A
# second later nothing waits until the minute is over; with a limit of ten or less nothing ever does. Seen:
#   as stated: 20 a minute, one call each 200 ms: 80 of 80 at once; 5 a minute: 80 of 80; noted in Redis 20 and 5; same limit by check(): 20
# Why it matters: the limit is that of somebody else's API, and what should keep a batch under it sends all of it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check arate-limit==1.2.2 fakeredis==2.41.0 lupa==2.8 redis==8.1.0
cat >check.py <<'EOF'
import asyncio
import sys
from datetime import datetime, timedelta, timezone

import arate_limit
from arate_limit import RedisSlidingWindowApiRateLimiter, RedisSlidingWindowRateLimiter
from fakeredis import FakeAsyncRedis

START = datetime(2026, 11, 30, tzinfo=timezone.utc)
moment = START


class Clock(datetime):
    @classmethod
    def now(cls, tz=None):
        return moment


arate_limit.datetime = Clock


class Waited(Exception):
    pass


async def sleep(seconds):
    raise Waited


arate_limit.asyncio.sleep = sleep


async def at_once(call):
    """Of 80 calls in sixteen seconds, how many pass without waiting."""
    global moment
    passed = 0
    for number in range(80):
        moment = START + timedelta(milliseconds=200 * number)
        try:
            passed += await call()
        except Waited:
            pass
    return passed


async def waiting(redis, limit):
    limiter = RedisSlidingWindowRateLimiter(redis, event_count=limit, time_window=60)

    async def call():
        await limiter.wait()
        return 1

    passed = await at_once(call)
    (key,) = await redis.keys("*")
    return passed, await redis.zcard(key)


async def main():
    twenty, noted_twenty = await waiting(FakeAsyncRedis(), 20)
    five, noted_five = await waiting(FakeAsyncRedis(), 5)
    other = RedisSlidingWindowApiRateLimiter(FakeAsyncRedis(), event_count=20, time_window=60)

    async def check():
        return int((await other.check("api"))[0])

    return (
        f"20 a minute, one call each 200 ms: {twenty} of 80 at once; 5 a minute: {five} of 80; "
        f"noted in Redis {noted_twenty} and {noted_five}; same limit by check(): {await at_once(check)}"
    )


seen = asyncio.run(main())
as_stated = seen == (
    "20 a minute, one call each 200 ms: 80 of 80 at once; 5 a minute: 80 of 80; noted in Redis 20 and 5; same limit by check(): 20"
)
print(f"{'as stated' if as_stated else 'CHANGED'}: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python check.py
