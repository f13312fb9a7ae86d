#!/usr/bin/env bash
# Authlib 1.9.10 with starlette 1.10.0 (PyPI), run 2026-11-30.
# Expected: when the login is refused, `authorize_access_token()` raises an OAuthError with the provider's error, whether the answer
# comes as a query or as a form, which one asks for with `response_mode="form_post"`.
# It does: only a GET is looked at for `error`. A form is taken for a success and raises another kind of exception, in which the
# provider's words are lost. The Flask and the Django client read the form in the same way. Seen:
#   as stated: a refused login: query OAuthError access_denied; form MissingCodeException missing_code
# Why it matters: `except OAuthError`, as documented, does not catch it: the user who pressed Cancel gets a 500.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check Authlib==1.9.10 joserfc==1.8.0 starlette==1.10.0 httpx2==2.16.2 httpx==0.28.1 \
  itsdangerous==2.2.0 python-multipart==0.0.34
cat >check.py <<'EOF'
import sys
from urllib.parse import parse_qs, urlsplit

from authlib.integrations.starlette_client import OAuth, OAuthError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

tenant = "https://tenant.example.com"
oauth = OAuth()
oauth.register(
    "auth0",
    client_id="client",
    client_secret="x",
    authorize_url=f"{tenant}/authorize",
    access_token_url=f"{tenant}/oauth/token",
    client_kwargs={"scope": "openid"},
)


async def login(request):
    mode = request.query_params["mode"]
    return await oauth.auth0.authorize_redirect(request, "http://127.0.0.1/callback", response_mode=mode)


async def callback(request):
    try:
        await oauth.auth0.authorize_access_token(request)
    except OAuthError as error:
        return PlainTextResponse(f"OAuthError {error.error}")
    except Exception as error:
        return PlainTextResponse(f"{type(error).__name__} {error.error}")
    return PlainTextResponse("a token")


routes = [Route("/login", login), Route("/callback", callback, methods=["GET", "POST"])]
app = Starlette(routes=routes, middleware=[Middleware(SessionMiddleware, secret_key="check")])


def refuse(mode: str) -> str:
    client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
    address = client.get("/login", params={"mode": mode}).headers["location"]
    state = parse_qs(urlsplit(address).query)["state"][0]
    answer = {"error": "access_denied", "error_description": "The user refused.", "state": state}
    if mode == "form_post":
        return client.post("/callback", data=answer).text
    return client.get("/callback", params=answer).text


seen = f"query {refuse('query')}; form {refuse('form_post')}"
as_stated = seen == "query OAuthError access_denied; form MissingCodeException missing_code"
print(f"{'as stated' if as_stated else 'CHANGED'}: a refused login: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python -W ignore check.py
