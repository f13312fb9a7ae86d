#!/usr/bin/env bash
# django-stripe-marketplace 0.1.0 with Django 5.2.19 and stripe 16.1.0 (PyPI), Python 3.11, run 2026-11-30.
# Expected: the view takes the events that Stripe sends, and an event that failed is taken when Stripe sends it again.
# It does: the view stores each event with the account of a `Stripe-Account` header, which belongs to requests to Stripe: an event has
# no such header, but `account` in its body. So each is a 500. Where an account is given to `process_webhook()`, an event that failed
# once is a duplicate at the next try, which is answered 200. Seen:
#   as stated: from Stripe: 500, 0 handled; with an account: first try 400, second 200 duplicate, 0 handled, stored as failed
# Why it matters: one second without the database, and the payment of that second never reaches its handler.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check django-stripe-marketplace==0.1.0 Django==5.2.19 stripe==16.1.0
cat >check.py <<'EOF'
import hashlib
import hmac
import json
import logging
import sys
import time

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="x",
    USE_TZ=True,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="stripe_marketplace.urls",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "stripe_marketplace"],
    STRIPE_MARKETPLACE={"SECRET_KEY": "sk_live_x", "WEBHOOK_SECRET": "whsec_x"},
)
django.setup()
logging.disable(logging.CRITICAL)

from django.core.management import call_command
from django.test import Client
from stripe_marketplace.models import StripeAccount, WebhookEvent
from stripe_marketplace.webhooks import EVENT_HANDLERS

call_command("migrate", verbosity=0)
account = StripeAccount.objects.create(account_id="acct_1")
database_is_down = False
handled = 0


def handle(event):
    global handled
    if database_is_down:
        raise ConnectionError("no database")
    handled += 1
    return {}


EVENT_HANDLERS["invoice.paid"] = handle


def send(event_id, headers):
    invoice = {"id": "in_1", "object": "invoice"}
    moment = int(time.time())
    event = {
        "id": event_id, "object": "event", "type": "invoice.paid", "account": "acct_1", "created": moment, "livemode": True,
        "data": {"object": invoice},
    }
    body = json.dumps(event, indent=2)
    signature = hmac.new(b"whsec_x", f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()
    signed = {"stripe-signature": f"t={moment},v1={signature}", **headers}
    response = Client().post("/webhooks/stripe/", body, content_type="application/json", headers=signed)
    return f"{response.status_code} {response.json().get('status', '')}".strip()


from_stripe = f"{send('evt_1', {})}, {handled} handled"
# What the view passes on to process_webhook() is the key of the account in the database.
given = {"stripe-account": str(account.pk)}
database_is_down = True
first = send("evt_2", given)
database_is_down = False
second = send("evt_2", given)
stored = WebhookEvent.objects.get(stripe_event_id="evt_2").processing_status
seen = f"from Stripe: {from_stripe}; with an account: first try {first}, second {second}, {handled} handled, stored as {stored}"
as_stated = seen == (
    "from Stripe: 500, 0 handled; with an account: first try 400, second 200 duplicate, 0 handled, stored as failed"
)
print(f"{'as stated' if as_stated else 'CHANGED'}: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python check.py
