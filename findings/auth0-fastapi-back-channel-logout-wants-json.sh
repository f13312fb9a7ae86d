#!/usr/bin/env bash
# auth0-fastapi 1.0.0b12 (PyPI) with fastapi 0.165.0 and httpx 0.28.1, run 2026-11-30.
# Expected: its /auth/backchannel-logout reads what Auth0 sends: a form with `logout_token`, as OpenID Connect Back-Channel
# Logout 1.0, section 2.5, has it.
# It does: it reads the body as JSON. The form ends in an exception and the answer 500; the same token in JSON, which no provider
# sends, gets as far as being checked. Seen (with a tenant that does not answer, so that a check ends in 400):
#   as stated: form: 500 Internal Server Error; JSON: 400 checked
# Why it matters: with a store of sessions, which is there for this, who logs out elsewhere or is blocked stays logged in here.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check auth0-fastapi==1.0.0b12 fastapi==0.165.0 httpx==0.28.1
cat >check.py <<'EOF'
import sys
import warnings

warnings.simplefilter("ignore")
from auth0_fastapi.auth.auth_client import AuthClient
from auth0_fastapi.config import Auth0Config
from auth0_fastapi.server.routes import register_auth_routes, router
from fastapi import FastAPI
from fastapi.testclient import TestClient

config = Auth0Config(
    domain="127.0.0.1:9",
    client_id="app",
    client_secret="example",
    app_base_url="https://app.example.com",
    secret="a secret of thirty-two characters",
)
app = FastAPI()
app.state.auth_client = AuthClient(config)
register_auth_routes(router, config)
app.include_router(router)
client = TestClient(app, base_url="https://app.example.com", raise_server_exceptions=False)

body = {"logout_token": "a.b.c"}
form = client.post("/auth/backchannel-logout", data=body)
json = client.post("/auth/backchannel-logout", json=body)
checked = "checked" if json.status_code == 400 and "detail" in json.json() else json.text
seen = f"form: {form.status_code} {form.text}; JSON: {json.status_code} {checked}"
stated = "form: 500 Internal Server Error; JSON: 400 checked"
print(f"{'as stated' if seen == stated else 'CHANGED'}: {seen}")
sys.exit(0 if seen == stated else 1)
EOF
venv/bin/python check.py </dev/null 2>/dev/null | grep -E '^(as stated|CHANGED)'
