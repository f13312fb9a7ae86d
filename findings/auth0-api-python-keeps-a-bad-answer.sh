#!/usr/bin/env bash
# auth0-api-python 1.0.0b10 (PyPI) with httpx, run 2026-11-30.
# Expected: `custom_fetch`, documented as a replacement of the library's own requests, given `httpx.AsyncClient().get` (for a proxy,
# a time limit, a certificate), changes nothing else. One 503 of the tenant refuses one request, and the next is verified.
# It does: the status is looked at only in the library's own requests. With `custom_fetch` the body of the 503 is taken for the
# discovery document or the key set and kept for ten minutes; with the key set the error is a KeyError, none of the library's. Seen:
#   as stated: 503 of discovery; own requests: refused, accepted, accepted; custom_fetch: refused, refused, refused
#   as stated: 503 of the key set; own requests: refused, accepted, accepted; custom_fetch: KeyError, KeyError, KeyError
# (the request that meets the 503, the next one, and one nine minutes later)
# Why it matters: one bad answer is ten minutes in which an API refuses every token, or fails with a 500 for each.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check auth0-api-python==1.0.0b10 authlib==1.9.10 httpx==0.28.1
cat >check.py <<'EOF'
import asyncio
import functools
import sys
import time

import httpx
from auth0_api_python import ApiClient, ApiClientOptions
from auth0_api_python.errors import VerifyAccessTokenError
from authlib.jose import JsonWebKey, jwt

ISSUER = "https://tenant.example.com/"
KEY = JsonWebKey.generate_key("RSA", 2048, {"kid": "k"}, is_private=True)
NOW = int(time.time())
CLAIMS = {"iss": ISSUER, "aud": "api", "iat": NOW, "exp": NOW + 36_000}
TOKEN = jwt.encode({"alg": "RS256", "kid": "k"}, CLAIMS, KEY).decode()
HttpClient = httpx.AsyncClient


def serve(failing: str) -> httpx.MockTransport:
    """The tenant, which answers the first request for `failing` with a 503 and JSON."""
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        name = request.url.path.rsplit("/", 1)[1]
        asked.append(name)
        if name == failing and asked.count(name) == 1:
            return httpx.Response(503, json={"error": "service_unavailable"})
        if name == "jwks.json":
            return httpx.Response(200, json={"keys": [KEY.as_dict()]})
        return httpx.Response(200, json={"issuer": ISSUER, "jwks_uri": f"{ISSUER}.well-known/jwks.json"})

    return httpx.MockTransport(answer)


async def attempt(client: ApiClient) -> str:
    try:
        await client.verify_access_token(TOKEN)
        return "accepted"
    except VerifyAccessTokenError:
        return "refused"
    except Exception as error:
        return type(error).__name__


async def run(failing: str, custom: bool) -> str:
    transport = serve(failing)
    httpx.AsyncClient = functools.partial(HttpClient, transport=transport)
    options = {"custom_fetch": HttpClient(transport=transport).get} if custom else {}
    client = ApiClient(ApiClientOptions(domain="tenant.example.com", audience="api", **options))
    seen = [await attempt(client), await attempt(client)]
    clock = time.monotonic
    time.monotonic = lambda: clock() + 9 * 60
    seen.append(await attempt(client))
    time.monotonic = clock
    return ", ".join(seen)


own = "own requests: refused, accepted, accepted"
rows = [
    ("discovery", "openid-configuration", f"{own}; custom_fetch: refused, refused, refused"),
    ("the key set", "jwks.json", f"{own}; custom_fetch: KeyError, KeyError, KeyError"),
]
changed = False
for name, path, stated in rows:
    seen = f"own requests: {asyncio.run(run(path, False))}; custom_fetch: {asyncio.run(run(path, True))}"
    changed = changed or seen != stated
    print(f"{'as stated' if seen == stated else 'CHANGED'}: 503 of {name}; {seen}")
sys.exit(1 if changed else 0)
EOF
venv/bin/python -W ignore check.py
