#!/usr/bin/env bash
# fastmcp 4.2.3 (PyPI: fastmcp-slim[server]), run 2026-11-30.
# Expected: a good token that lacks a required scope is answered 403 insufficient_scope, as RFC 6750, section 3.1, and the
# authorization part of MCP have it, so that the client asks for the scope.
# It does: the verifier drops such a token as it drops a forged one, and the check behind it, which would say 403, sees no
# token. The answer is 401 invalid_token and tells the client to clear its tokens and to register again. Seen:
#   as stated: reports: 200; other: 401 invalid_token; forged: 401 invalid_token
# Why it matters: who has no permission is sent through login after login, and never learns that a permission is missing.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check 'fastmcp-slim[server]==4.2.3'
cat >check.py <<'EOF'
import re
import sys
import warnings

warnings.simplefilter("ignore")
from fastmcp import FastMCP
from fastmcp.server.auth.providers.jwt import JWTVerifier, RSAKeyPair
from starlette.testclient import TestClient

ours, others = RSAKeyPair.generate(), RSAKeyPair.generate()
named = {"issuer": "https://tenant.example.com/", "audience": "https://api.example.com"}
verifier = JWTVerifier(public_key=ours.public_key, required_scopes=["reports"], **named)
headers = {"accept": "application/json, text/event-stream"}
client_info = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "check", "version": "1"}}
call = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": client_info}


def ask(keys: RSAKeyPair, scope: str) -> str:
    token = keys.create_token(scopes=[scope], **named)
    app = FastMCP("api", auth=verifier).http_app()
    with TestClient(app, base_url="http://127.0.0.1") as client:
        answer = client.post("/mcp", headers={**headers, "authorization": f"Bearer {token}"}, json=call)
    error = re.search(r'error="(\w+)"', answer.headers.get("www-authenticate", ""))
    return f"{answer.status_code} {error.group(1)}" if error else str(answer.status_code)


seen = f"reports: {ask(ours, 'reports')}; other: {ask(ours, 'other')}; forged: {ask(others, 'reports')}"
stated = "reports: 200; other: 401 invalid_token; forged: 401 invalid_token"
print(f"{'as stated' if seen == stated else 'CHANGED'}: {seen}")
sys.exit(0 if seen == stated else 1)
EOF
venv/bin/python check.py </dev/null 2>/dev/null | grep -E '^(as stated|CHANGED)'
