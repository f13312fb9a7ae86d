#!/usr/bin/env bash
# auth0-fastapi 1.0.0b12 (PyPI) with fastapi 0.165.0 and httpx 0.28.1, run 2026-11-30.
# Expected: a session that is written over with a smaller one is the smaller one at the next request.
# It does: the cookie is cut into pieces of 4 kB, and a session of fewer pieces leaves the last pieces of the one before in the
# browser. They are read with it, nothing decrypts any more, and the person is logged out without a word. Seen:
#   as stated: larger over smaller: read; smaller over larger: lost; again: lost (pieces _a0_session_0, _a0_session_1)
# Why it matters: a second login with fewer claims, or a renewed token that is shorter, ends the session, and so does each login
# after it, for the three days that the cookies live.
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
from auth0_fastapi.stores.stateless_state_store import StatelessStateStore
from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient

store = StatelessStateStore("a secret of thirty-two characters")
app = FastAPI()


@app.post("/session/{size}")
async def write(size: int, response: Response) -> None:
    await store.set("_a0_session", {"id_token": "x" * size}, {"response": response})


@app.get("/session")
async def read(request: Request) -> dict:
    return {"session": await store.get("_a0_session", {"request": request})}


def log_in(browser: TestClient, size: int) -> str:
    browser.post(f"/session/{size}")
    session = browser.get("/session").json()["session"]
    return "read" if session is not None and len(session["id_token"]) == size else "lost"


one, other = (TestClient(app, base_url="https://app.example.com") for _ in range(2))
log_in(one, 1000)
log_in(other, 4000)
pieces = ", ".join(sorted(other.cookies.keys()))
seen = (
    f"larger over smaller: {log_in(one, 4000)}; smaller over larger: {log_in(other, 1000)};"
    f" again: {log_in(other, 1000)} (pieces {pieces})"
)
stated = "larger over smaller: read; smaller over larger: lost; again: lost (pieces _a0_session_0, _a0_session_1)"
print(f"{'as stated' if seen == stated else 'CHANGED'}: {seen}")
sys.exit(0 if seen == stated else 1)
EOF
venv/bin/python check.py </dev/null 2>/dev/null | grep -E '^(as stated|CHANGED)'
