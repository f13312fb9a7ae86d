#!/usr/bin/env bash
# atomic-rate-limiter 0.1.1 with fakeredis 2.41.0 and lupa 2.8 (PyPI), Python 3.11, run 2026-12-01.
# Expected: a token bucket of 24 requests a day gives one more request each hour.
# It does: the bucket is kept in Redis for 3600 seconds, whatever its rate, and one that is gone is a full one. A refusal does not keep it
# any longer. Seen:
#   as stated: 24 at once, then refused; each hour asked until refused: 24, 24, 24; with the sliding window log 0, 0, 0
# Why it matters: a limit for the day, the usual one of a free plan, is a limit for the hour: 24 times what it says.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check atomic-rate-limiter==0.1.1 fakeredis==2.41.0 lupa==2.8 redis==8.1.0
cat >check.py <<'EOF'
import sys
import time

import redis
from fakeredis import FakeRedis

redis.Redis = FakeRedis

from atomic_rate_limiter.algorithms.sliding_window_log import SlidingWindowLog
from atomic_rate_limiter.algorithms.token_bucket import TokenBucket
from atomic_rate_limiter.backends.redis_backend import RedisBackend
from atomic_rate_limiter.config import RateLimiterConfig

moment = 1_800_000_000.0


def tick():
    global moment
    moment += 0.01
    return moment


time.time = tick


def asked(limiter):
    """The requests that are served before one is refused."""
    served = 0
    while served < 100 and limiter.is_allowed("customer"):
        served += 1
    return served


def hours(algorithm):
    global moment
    limiter = algorithm(RateLimiterConfig(limit=24, window=86_400), RedisBackend())
    first = asked(limiter)
    later = []
    for _ in range(3):
        moment += 3601
        later.append(str(asked(limiter)))
    return first, ", ".join(later)


first, later = hours(TokenBucket)
_, log = hours(SlidingWindowLog)
seen = f"{first} at once, then refused; each hour asked until refused: {later}; with the sliding window log {log}"
as_stated = seen == (
    "24 at once, then refused; each hour asked until refused: 24, 24, 24; with the sliding window log 0, 0, 0"
)
print(f"{'as stated' if as_stated else 'CHANGED'}: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python check.py
