#!/usr/bin/env bash
# auth0-fastapi 1.0.0b12 with auth0-server-python 1.0.0b20 (PyPI), run 2026-11-30.
# Expected: `StatefulStateStore`, documented as the store for Redis or a database, gives back the session that it was handed, as the
# store in cookies, which it takes the place of, does.
# It does: it writes JSON text, reads the text as if it were an object, and takes the error for "no session". Once an access token
# has been refreshed, the session is a dict, which it cannot write at all. Seen:
#   as stated: cookies: session of auth0|1, then written as a dict; stateful: 401 Please log in, then AttributeError
# Why it matters: with sessions in Redis nobody is ever signed in, and the way back to Auth0 and here again has no end.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check auth0-fastapi==1.0.0b12 auth0-server-python==1.0.0b20 fastapi==0.165.0
cat >check.py <<'EOF'
import asyncio
import sys
import time

from auth0_fastapi.auth import AuthClient
from auth0_fastapi.config import Auth0Config
from auth0_fastapi.stores.stateful_state_store import StatefulStateStore
from auth0_fastapi.stores.stateless_state_store import StatelessStateStore
from auth0_server_python.auth_types import StateData, UserClaims
from fastapi import HTTPException, Request, Response

SECRET = "a long secret of this example alone"
IDENTIFIER = "_a0_session"


class Memory:
    """What the documentation asks of Redis."""

    def __init__(self):
        self.kept = {}

    async def set(self, key, value, expire=None):
        self.kept[key] = value

    async def get(self, key):
        return self.kept.get(key)

    async def delete(self, key):
        self.kept.pop(key, None)

    async def keys(self):
        return list(self.kept)


def to_request(response: Response) -> Request:
    """The next request of the browser that got `response`."""
    lines = [value.decode() for name, value in response.raw_headers if name == b"set-cookie"]
    cookie = "; ".join(line.split(";")[0] for line in lines)
    return Request({"type": "http", "method": "GET", "path": "/", "headers": [(b"cookie", cookie.encode())]})


async def run(store) -> str:
    config = Auth0Config(
        domain="tenant.example.com", client_id="client", client_secret="x", app_base_url="https://app.example", secret=SECRET,
    )
    auth = AuthClient(config, state_store=store)
    now = int(time.time())
    session = StateData(user=UserClaims(sub="auth0|1"), domain="tenant.example.com", internal={"sid": "s", "created_at": now})
    response = Response()
    await store.set(IDENTIFIER, session, options={"response": response})
    try:
        found = await auth.require_session(to_request(response), Response())
        read = f"session of {found['user']['sub']}"
    except HTTPException as error:
        read = f"{error.status_code} {error.detail}"
    try:
        await store.set(IDENTIFIER, session.dict(), options={"response": Response()})
        written = "written as a dict"
    except AttributeError as error:
        written = type(error).__name__
    return f"{read}, then {written}"


cookies = asyncio.run(run(StatelessStateStore(SECRET)))
stateful = asyncio.run(run(StatefulStateStore(SECRET, Memory())))
seen = f"cookies: {cookies}; stateful: {stateful}"
stated = "cookies: session of auth0|1, then written as a dict; stateful: 401 Please log in, then AttributeError"
print(f"{'as stated' if seen == stated else 'CHANGED'}: {seen}")
sys.exit(0 if seen == stated else 1)
EOF
venv/bin/python -W ignore check.py
