#!/usr/bin/env bash
# auth0-server-python 1.0.0b20 (PyPI) and @auth0/auth0-server-js@1.12.1, Node 20.20.2, run 2026-11-30.
# Expected: after `login_backchannel()` somebody is signed in: `get_user()` gives the claims of the ID token that came with the
# access token, as Auth0's library for Node does.
# It does: the ID token is stored and not read. The user is an empty dict, which is false in Python, and the session has no `sid`
# for a back-channel logout. The store gets its options, too, in the place of `remove_if_expires`, so they are None. Seen:
#   as stated: auth0-server-python: user {}, sid '', options None; auth0-server-js: user auth0|1, sid s
# Why it matters: `if not user: login` sends whoever has just approved on their phone to approve again, without end.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check auth0-server-python==1.0.0b20 authlib==1.9.10 httpx==0.28.1
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @auth0/auth0-server-js@1.12.1
cat >answers.json <<'EOF'
{
  "openid-configuration": {
    "issuer": "https://tenant.example.com/",
    "token_endpoint": "https://tenant.example.com/oauth/token",
    "backchannel_authentication_endpoint": "https://tenant.example.com/bc-authorize"
  },
  "bc-authorize": { "auth_req_id": "request", "expires_in": 60, "interval": 1 },
  "token": { "access_token": "a", "token_type": "Bearer", "expires_in": 3600, "scope": "openid profile email" },
  "claims": { "iss": "https://tenant.example.com/", "aud": "client", "sub": "auth0|1", "sid": "s" }
}
EOF
cat >check.py <<'EOF'
import asyncio
import base64
import functools
import json
import time
from pathlib import Path

import httpx
from auth0_server_python.auth_server.server_client import ServerClient
from auth0_server_python.store.abstract import StateStore

ANSWERS = json.loads(Path("answers.json").read_text())
HttpClient = httpx.AsyncClient


def encode(value: dict) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def answer(request: httpx.Request) -> httpx.Response:
    name = request.url.path.rsplit("/", 1)[1]
    body = dict(ANSWERS[name])
    if name == "token":
        claims = {**ANSWERS["claims"], "iat": int(time.time()), "exp": int(time.time()) + 3_600}
        body["id_token"] = f"{encode({'alg': 'RS256'})}.{encode(claims)}.signature"
    return httpx.Response(200, json=body)


class MemoryStore(StateStore):
    """One session, behind the interface of the library."""

    def __init__(self):
        super().__init__({"secret": "a long secret of this example alone"})
        self.state = None
        self.options = "not asked"

    async def set(self, identifier, state, remove_if_expires=False, options=None):
        self.state, self.options = state, options

    async def get(self, identifier, options=None):
        return self.state

    async def delete(self, identifier, options=None):
        self.state = None


async def run() -> str:
    httpx.AsyncClient = functools.partial(HttpClient, transport=httpx.MockTransport(answer))
    store = MemoryStore()
    client = ServerClient(
        domain="tenant.example.com", client_id="client", client_secret="x", redirect_uri="https://app.example/callback",
        secret="a long secret of this example alone", transaction_store=MemoryStore(), state_store=store,
    )
    options = {"request": "the request", "response": "the response"}
    await client.login_backchannel({"login_hint": {"sub": "auth0|1"}, "binding_message": "1234"}, options)
    return f"user {await client.get_user(options)}, sid {store.state['internal']['sid']!r}, options {store.options}"


print(f"auth0-server-python: {asyncio.run(run())}")
EOF
cat >check.mjs <<'EOF'
import { readFileSync } from "node:fs";
import { ServerClient } from "@auth0/auth0-server-js";

const answers = JSON.parse(readFileSync("answers.json", "utf8"));
const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const customFetch = async (input) => {
  const name = new URL(input.url ?? input).pathname.split("/").pop();
  const now = Math.floor(Date.now() / 1000);
  const claims = { ...answers.claims, iat: now, exp: now + 3_600 };
  const id_token = `${encode({ alg: "RS256" })}.${encode(claims)}.${encode("signature")}`;
  return Response.json({ ...answers[name], ...(name === "token" && { id_token }) });
};
let session;
const store = { get: async () => session, set: async (_, value) => { session = value; }, delete: async () => {} };
const client = new ServerClient({
  domain: "tenant.example.com", clientId: "client", clientSecret: "x", customFetch, stateStore: store, transactionStore: store,
});
await client.loginBackchannel({ loginHint: { sub: "auth0|1" }, bindingMessage: "1234" });
console.log(`auth0-server-js: user ${(await client.getUser()).sub}, sid ${session.internal.sid}`);
EOF
seen="$(venv/bin/python -W ignore check.py); $(node check.mjs)"
stated="auth0-server-python: user {}, sid '', options None; auth0-server-js: user auth0|1, sid s"
verdict=$([ "$seen" = "$stated" ] && echo "as stated" || echo CHANGED)
echo "$verdict: $seen"
[ "$verdict" = "as stated" ]
