#!/usr/bin/env bash
# auth0-server-python 1.0.0b20 (PyPI), run 2026-11-30.
# Expected: `get_access_token()` redeems the refresh token when the access token has expired, keeps the new one, and gives that one
# until it expires too, whether the application names an audience or only asks for a user's profile.
# It does: without an audience the token of the login is kept under "default", the refreshed one under None, and looked for under
# "default". It is never found: from the first expiry on, each call redeems the refresh token. Seen:
#   as stated: 5 calls after the first token expired; refreshed: with an audience 1 time, without one 5 times
# Why it matters: an hour or a day after each login every page waits for Auth0, counts against its rate limit, and, where refresh
# tokens rotate, two pages at once are the reuse of a token that ends the session.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check auth0-server-python==1.0.0b20 authlib==1.9.10 httpx==0.28.1
cat >check.py <<'EOF'
import asyncio
import functools
import sys
import time

import httpx
from auth0_server_python.auth_server.server_client import ServerClient
from auth0_server_python.auth_types import StateData, TokenSet, UserClaims

ISSUER = "https://tenant.example.com/"
SCOPE = "openid profile offline_access"
HttpClient = httpx.AsyncClient


class MemoryStore:
    """One session, as a store of the application keeps it."""

    def __init__(self, state=None):
        self.state = state

    async def set(self, identifier, state, remove_if_expires=False, options=None):
        self.state = state

    async def get(self, identifier, options=None):
        return self.state

    async def delete(self, identifier, options=None):
        self.state = None


async def count(audience: str | None) -> int:
    refreshed = 0

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal refreshed
        if request.url.path.endswith("openid-configuration"):
            return httpx.Response(200, json={"issuer": ISSUER, "token_endpoint": f"{ISSUER}oauth/token"})
        refreshed += 1
        token = {"access_token": f"token {refreshed}", "expires_in": 86_400, "scope": SCOPE, "token_type": "Bearer"}
        return httpx.Response(200, json=token)

    httpx.AsyncClient = functools.partial(HttpClient, transport=httpx.MockTransport(answer))
    # The session as a login leaves it, a second after its access token expired.
    now = int(time.time())
    kept_under = audience or ServerClient.DEFAULT_AUDIENCE_STATE_KEY
    expired = TokenSet(audience=kept_under, access_token="first", scope=SCOPE, expires_at=now - 1)
    session = StateData(
        user=UserClaims(sub="auth0|1"), refresh_token="refresh", token_sets=[expired], domain="tenant.example.com",
        internal={"sid": "s", "created_at": now - 86_401},
    )
    named = {"audience": audience} if audience else {}
    client = ServerClient(
        domain="tenant.example.com", client_id="client", client_secret="x", redirect_uri="https://app.example/callback",
        secret="a long secret of this example alone", transaction_store=MemoryStore(), state_store=MemoryStore(session),
        authorization_params={"scope": SCOPE, **named},
    )
    for _ in range(5):
        await client.get_access_token()
    return refreshed


counts = [asyncio.run(count("https://api.example.com")), asyncio.run(count(None))]
seen = f"with an audience {counts[0]} time, without one {counts[1]} times"
as_stated = seen == "with an audience 1 time, without one 5 times"
print(f"{'as stated' if as_stated else 'CHANGED'}: 5 calls after the first token expired; refreshed: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python -W ignore check.py
