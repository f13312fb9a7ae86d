#!/usr/bin/env bash
# django-ai-tokens-meter 0.1.0 with Django 5.2.19 (PyPI), Python 3.11, run 2026-12-01.
# Expected: what `track(estimated=…, grant_type=…)` looked up in one grant is taken from that grant by `record()`, as
#   `consume(…, grant_type=…)` takes it.
# It does: the grant's name serves the look-up alone. `record()` draws on every grant in the order of priority, so another one pays.
# Seen:
#   as stated: consume 300 of the pack: free 1000, pack 4700
#   as stated: track 300 of the pack: free 700, pack 5000; ledger free -300
#   as stated: track 300 of the free grant, which sorts second: pack 4700, free 1000; ledger pack -300
# Why it matters: a feature paid from a bought pack uses up the free tokens of the rest, and one that shall use free tokens only spends
# what the customer paid for. Call `has_balance` and `consume` with the grant's name instead.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check django-ai-tokens-meter==0.1.0 Django==5.2.19
cat >check.py <<'EOF'
import sys

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="x",
    USE_TZ=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "ai_tokens"],
)
django.setup()

from django.contrib.auth.models import Group
from django.core.management import call_command

from ai_tokens.meter import TokenMeter
from ai_tokens.models import TokenLedger

call_command("migrate", verbosity=0)


def meter(name, first, second):
    made = TokenMeter(Group.objects.create(name=name))
    for priority, (grant, amount) in enumerate((first, second)):
        made.grant(grant, amount, priority=priority)
    return made


def balances(of):
    return ", ".join(f"{row['grant_type']} {row['balance']}" for row in of.breakdown())


def ledger(of):
    rows = TokenLedger.objects.filter(grant__object_id=of._object_id)
    return ", ".join(f"{row.grant.grant_type} {row.delta}" for row in rows)


free, pack = ("free", 1000), ("pack", 5000)

consumed = meter("a", free, pack)
consumed.consume(300, grant_type="pack")

tracked = meter("b", free, pack)
with tracked.track(reason="chat", estimated=300, grant_type="pack") as request:
    request.record(300)

turned = meter("c", pack, free)
with turned.track(reason="chat", estimated=300, grant_type="free") as request:
    request.record(300)

seen = [
    ("consume 300 of the pack", balances(consumed), "free 1000, pack 4700"),
    ("track 300 of the pack", f"{balances(tracked)}; ledger {ledger(tracked)}", "free 700, pack 5000; ledger free -300"),
    (
        "track 300 of the free grant, which sorts second",
        f"{balances(turned)}; ledger {ledger(turned)}",
        "pack 4700, free 1000; ledger pack -300",
    ),
]
for what, got, want in seen:
    print(f"{'as stated' if got == want else 'CHANGED'}: {what}: {got}")
sys.exit(0 if all(got == want for _, got, want in seen) else 1)
EOF
venv/bin/python check.py
