#!/usr/bin/env bash
# fastapi-keygate 0.5.1 with fastapi 0.165.0 (PyPI), Python 3.11, run 2026-12-01.
# Expected: `rate_status()`, a "read-only view of a key's live rate-limit windows", shows the window that refuses the key.
# It does: with plans, a request is counted against the smaller of the key's limit and the plan's, and the view asks for the key's. A limit
# of another number is another counter, which nothing counts in. Seen:
#   as stated: key of 600 a minute, plan now 60: served 60 of 70, headers limit 60, remaining 0; rate_status limit 600, remaining 600
# Why it matters: after a downgrade the customer's page says that all is left while each request is a 429.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check fastapi-keygate==0.5.1 fastapi==0.165.0 httpx==0.28.1
cat >check.py <<'EOF'
import sys

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient
from keygate import DEFAULT_PLANS, KeyGate

app = FastAPI()
gate = KeyGate(app, db_url="sqlite://", plans=DEFAULT_PLANS)


@app.get("/")
def read(key=Depends(gate.require)):
    return {}


gate.set_plan("owner", "pro")
key = gate.create_key("owner", per_minute=600)
gate.set_plan("owner", "free")
client = TestClient(app)
answers = [client.get("/", headers={"x-api-key": key.key}) for _ in range(70)]
served = sum(answer.status_code == 200 for answer in answers)
last = answers[-1].headers
minute = next(row for row in gate.rate_status(gate.get_key(key.id)) if row["window"] == "minute")
seen = (
    f"key of 600 a minute, plan now 60: served {served} of 70, headers limit {last['x-ratelimit-limit']}, "
    f"remaining {last['x-ratelimit-remaining']}; rate_status limit {minute['limit']}, remaining {minute['remaining']}"
)
as_stated = seen == (
    "key of 600 a minute, plan now 60: served 60 of 70, headers limit 60, remaining 0; rate_status limit 600, remaining 600"
)
print(f"{'as stated' if as_stated else 'CHANGED'}: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python -W ignore check.py
