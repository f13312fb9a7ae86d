#!/usr/bin/env bash
# fastapi-limiter 0.2.0 with pyrate-limiter 4.5.1 and fastapi 0.165.0 (PyPI), run 2026-11-30.
# Expected: `@skip_limiter` takes a route out of the limit of its application, as the documentation says.
# It does: the route is looked for by comparing its template with the path of the request. One with a parameter is never found, nor
# is any of an application that is mounted under a path, so they count and are refused as if the decorator were not there. Seen:
#   as stated: after the limit is used up: /skip 200, /skip/{id} 429, /skip of a mounted application 429
# Why it matters: the webhook or the health check that was to be served always is refused, and not in the test with a fixed path.
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
from fastapi_limiter.decorators import skip_limiter
from fastapi_limiter.depends import RateLimiter
from pyrate_limiter import Duration, Limiter, Rate

limit = RateLimiter(limiter=Limiter(Rate(1, Duration.HOUR)))


def prepare() -> FastAPI:
    app = FastAPI(dependencies=[Depends(limit)])

    @app.get("/limited")
    async def limited():
        return "served"

    @app.get("/skip")
    @skip_limiter
    async def skip():
        return "served"

    @app.get("/skip/{id}")
    @skip_limiter
    async def skip_one(id: str):
        return "served"

    return app


app = prepare()
app.mount("/api", prepare())
client = TestClient(app, base_url="http://127.0.0.1")
assert [client.get("/limited").status_code for _ in range(2)] == [200, 429]
fixed, one, mounted = (client.get(path).status_code for path in ("/skip", "/skip/1", "/api/skip"))
seen = f"/skip {fixed}, /skip/{{id}} {one}, /skip of a mounted application {mounted}"
as_stated = seen == "/skip 200, /skip/{id} 429, /skip of a mounted application 429"
print(f"{'as stated' if as_stated else 'CHANGED'}: after the limit is used up: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python -W ignore check.py
