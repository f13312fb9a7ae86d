#!/usr/bin/env bash
# auth0-python 6.8.0 and auth0-api-python 1.0.0b10 (PyPI), run 2026-11-30.
# Expected: a key set that also holds a key of another kind verifies what its RSA key has signed. RFC 7517, section 5, asks that
# keys of a kind that is not understood be ignored; auth0-api-python does so, for the same tenant.
# It does: auth0-python's verifier reads all keys before it looks for the one that it needs, and the first elliptic curve among them
# is an `InvalidKeyError` of PyJWT, no `TokenValidationError` of its own. Seen:
#   as stated: RSA: auth0-python verified, auth0-api-python verified; RSA and EC: InvalidKeyError and verified
# Why it matters: from the day the issuer publishes such a key no ID token is accepted, and what catches the documented error is
# passed by, so each login is a 500.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check auth0-python==6.8.0 auth0-api-python==1.0.0b10 authlib==1.9.10
cat >check.py <<'EOF'
import asyncio
import functools
import sys
import time

import httpx
import requests
from auth0.authentication.token_verifier import AsymmetricSignatureVerifier, TokenVerifier
from auth0_api_python import ApiClient, ApiClientOptions
from authlib.jose import JsonWebKey, jwt

ISSUER = "https://tenant.example.com/"
RSA = JsonWebKey.generate_key("RSA", 2048, {"kid": "rsa", "use": "sig", "alg": "RS256"}, is_private=True)
EC = JsonWebKey.generate_key("EC", "P-256", {"kid": "ec", "use": "sig", "alg": "ES256"}, is_private=True)
NOW = int(time.time())
CLAIMS = {"iss": ISSUER, "aud": "client", "sub": "auth0|1", "iat": NOW, "exp": NOW + 3_600}
TOKEN = jwt.encode({"alg": "RS256", "kid": "rsa"}, CLAIMS, RSA).decode()
HttpClient = httpx.AsyncClient


class Answer:
    """An answer of the tenant, as `requests` gives it."""

    ok = True

    def __init__(self, body):
        self.json = lambda: body


def verify(keys: list) -> tuple[str, str]:
    key_set = {"keys": [key.as_dict() for key in keys]}
    requests.get = lambda *_, **__: Answer(key_set)
    verifier = TokenVerifier(AsymmetricSignatureVerifier(f"{ISSUER}.well-known/jwks.json"), ISSUER, "client")
    try:
        verifier.verify(TOKEN)
        first = "verified"
    except Exception as error:
        first = type(error).__name__

    def answer(request: httpx.Request) -> httpx.Response:
        discovery = {"issuer": ISSUER, "jwks_uri": f"{ISSUER}.well-known/jwks.json"}
        return httpx.Response(200, json=key_set if request.url.path.endswith("jwks.json") else discovery)

    httpx.AsyncClient = functools.partial(HttpClient, transport=httpx.MockTransport(answer))
    try:
        asyncio.run(ApiClient(ApiClientOptions(domain="tenant.example.com", audience="client")).verify_access_token(TOKEN))
        second = "verified"
    except Exception as error:
        second = type(error).__name__
    return first, second


alone, mixed = verify([RSA]), verify([RSA, EC])
stated = alone == ("verified", "verified") and mixed == ("InvalidKeyError", "verified")
verdict = "as stated" if stated else "CHANGED"
print(f"{verdict}: RSA: auth0-python {alone[0]}, auth0-api-python {alone[1]}; RSA and EC: {mixed[0]} and {mixed[1]}")
sys.exit(0 if stated else 1)
EOF
venv/bin/python -W ignore check.py
