#!/usr/bin/env bash
# aniket-rate-limiter 0.1.1 (PyPI), Python 3.11, run 2026-12-01.
# Expected: a leaky bucket of 100 requests in 10 seconds takes 100 and lets ten a second out; one of 1 in an hour takes one.
# It does: the bucket takes a request while it holds less than one and lets one a second out, whatever the limit and the window are.
# The time to wait is always 0. Seen:
#   as stated: asked each 100 ms for 10 s: leaky bucket of 100 in 10 s serves 11, of 1 in an hour 11, refusals say wait 0;
#   token bucket 100 and 1
# Why it matters: the choice of the algorithm sets the rate, not the limit: a tenth of what was paid for, or eleven times what was given.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check aniket-rate-limiter==0.1.1
cat >check.py <<'EOF'
import sys
import time

from rate_limiter.algorithms import LeakyBucketRateLimiter, TokenBucketRateLimiter
from rate_limiter.config import RateLimitConfig

moment = 1000.0
time.monotonic = lambda: moment


def ask(algorithm, limit, window):
    """The requests served, and the longest wait that a refusal names, of one each 100 ms for ten seconds."""
    global moment
    limiter = algorithm(RateLimitConfig(limit=limit, window=window))
    results = []
    for _ in range(100):
        results.append(limiter.allow("customer"))
        moment += 0.1
    refused = [result.retry_after for result in results if not result.allowed]
    return len(results) - len(refused), max(refused, default=0)


hundred, wait = ask(LeakyBucketRateLimiter, 100, 10)
hourly, _ = ask(LeakyBucketRateLimiter, 1, 3600)
seen = (
    f"asked each 100 ms for 10 s: leaky bucket of 100 in 10 s serves {hundred}, of 1 in an hour {hourly}, "
    f"refusals say wait {wait:.0f}; token bucket {ask(TokenBucketRateLimiter, 100, 10)[0]} and "
    f"{ask(TokenBucketRateLimiter, 1, 3600)[0]}"
)
as_stated = seen == (
    "asked each 100 ms for 10 s: leaky bucket of 100 in 10 s serves 11, of 1 in an hour 11, refusals say wait 0; "
    "token bucket 100 and 1"
)
print(f"{'as stated' if as_stated else 'CHANGED'}: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python check.py
