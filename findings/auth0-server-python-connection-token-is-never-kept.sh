#!/usr/bin/env bash
# auth0-server-python 1.0.0b20 (PyPI) and @auth0/auth0-server-js@1.12.1, Node 20.20.2, run 2026-11-30.
# Expected: `get_access_token_for_connection()` gives the token of the connection (Google's, for instance) that the session holds
# until that token expires, as Auth0's library for Node does; that is what the session keeps it for.
# It does: the exchange computes `expires_at` and the session asks it for `expires_in`, which is not there and becomes 0. The token
# is stored as one that has expired, and each call exchanges the refresh token anew. Seen:
#   as stated: 5 calls with a token that lives 3600 s: auth0-server-python exchanged 5 times, auth0-server-js 1 time
# Why it matters: an agent that calls a connected API in a loop asks Auth0 for a token each time, until the rate limit refuses it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check auth0-server-python==1.0.0b20 authlib==1.9.10 httpx==0.28.1
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @auth0/auth0-server-js@1.12.1
cat >check.py <<'EOF'
import asyncio
import functools
import time

import httpx
from auth0_server_python.auth_server.server_client import ServerClient
from auth0_server_python.auth_types import StateData, UserClaims

ISSUER = "https://tenant.example.com/"
HttpClient = httpx.AsyncClient
exchanged = 0


class MemoryStore:
    """One session, as a store of the application keeps it."""

    def __init__(self, state=None):
        self.state = state

    async def set(self, identifier, state, remove_if_expires=False, options=None):
        self.state = state

    async def get(self, identifier, options=None):
        return self.state


def answer(request: httpx.Request) -> httpx.Response:
    global exchanged
    if request.url.path.endswith("openid-configuration"):
        return httpx.Response(200, json={"issuer": ISSUER, "token_endpoint": f"{ISSUER}oauth/token"})
    exchanged += 1
    return httpx.Response(200, json={"access_token": f"token {exchanged}", "expires_in": 3_600, "scope": "drive"})


async def run() -> None:
    httpx.AsyncClient = functools.partial(HttpClient, transport=httpx.MockTransport(answer))
    internal = {"sid": "s", "created_at": int(time.time())}
    session = StateData(user=UserClaims(sub="auth0|1"), refresh_token="r", domain="tenant.example.com", internal=internal)
    client = ServerClient(
        domain="tenant.example.com", client_id="client", client_secret="x", redirect_uri="https://app.example/callback",
        secret="a long secret of this example alone", transaction_store=MemoryStore(), state_store=MemoryStore(session),
    )
    for _ in range(5):
        await client.get_access_token_for_connection({"connection": "google-oauth2"})


asyncio.run(run())
print(exchanged)
EOF
cat >check.mjs <<'EOF'
import { ServerClient } from "@auth0/auth0-server-js";

const issuer = "https://tenant.example.com/";
let exchanged = 0;
const customFetch = async (input) => {
  const isDiscovery = String(input.url ?? input).includes("openid-configuration");
  if (isDiscovery) return Response.json({ issuer, token_endpoint: `${issuer}oauth/token` });
  exchanged += 1;
  return Response.json({ access_token: `token ${exchanged}`, token_type: "Bearer", expires_in: 3_600, scope: "drive" });
};
const internal = { sid: "s", createdAt: Math.floor(Date.now() / 1000) };
let session = { user: { sub: "auth0|1" }, refreshToken: "r", tokenSets: [], internal };
const store = { get: async () => session, set: async (_, value) => { session = value; }, delete: async () => {} };
const client = new ServerClient({
  domain: "tenant.example.com", clientId: "client", clientSecret: "x", customFetch, stateStore: store, transactionStore: store,
});
for (let call = 0; call < 5; call += 1) await client.getAccessTokenForConnection({ connection: "google-oauth2" });
console.log(exchanged);
EOF
seen="auth0-server-python exchanged $(venv/bin/python -W ignore check.py) times, auth0-server-js $(node check.mjs) time"
stated="auth0-server-python exchanged 5 times, auth0-server-js 1 time"
verdict=$([ "$seen" = "$stated" ] && echo "as stated" || echo CHANGED)
echo "$verdict: 5 calls with a token that lives 3600 s: $seen"
[ "$verdict" = "as stated" ]
