#!/usr/bin/env bash
# django-stripe-billing 0.1.4 with stripe 14.4.2 and Django 5.2.19 (PyPI), Python 3.11, run 2026-11-30.
# Expected: each event with a good signature reaches its handler, or Stripe hears of it and sends it again.
# It does: the event is stored as the first 10 000 characters of its body, and the handler is given what is stored. A longer event is no
# JSON then: it is marked as an error, which nothing tries again, and the answer is 200. Seen:
#   as stated: invoice of 1 line: 200 success; of 10: 200 success; of 40: 200 error; handled in_1, in_10
# Why it matters: the customers with the largest invoices pay and get nothing, and Stripe's dashboard shows no failure.
# With stripe 15 and later, which its `stripe>=7.0` allows, each event is a 500: an event there has no `get()`.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check django-stripe-billing==0.1.4 stripe==14.4.2 Django==5.2.19 requests==2.34.2
cat >check.py <<'EOF'
import hashlib
import hmac
import json
import sys
import time

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="x",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="django_stripe_billing.urls",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django_stripe_billing"],
    STRIPE_BILLING={"STRIPE_SECRET_KEY": "sk_live_x", "STRIPE_WEBHOOK_SECRET": "whsec_x", "ENVIRONMENT": "production"},
)
django.setup()

from django.core.management import call_command
from django.test import Client
from django_stripe_billing.models import StripeWebhookEvent
from django_stripe_billing.signals import payment_succeeded

call_command("migrate", verbosity=0)
handled = []


def keep(sender, invoice, **_):
    handled.append(invoice["id"])


payment_succeeded.connect(keep)


def line(number):
    return {
        "id": f"il_{number}", "object": "line_item", "amount": 1000, "currency": "eur", "description": f"Seat {number}",
        "metadata": {}, "period": {"start": 1764547200, "end": 1767225600}, "quantity": 1,
    }


def send(lines):
    rows = [line(number) for number in range(lines)]
    invoice = {
        "id": f"in_{lines}", "object": "invoice", "customer": "cus_1", "amount_paid": 1000 * lines, "currency": "eur",
        "lines": {"object": "list", "data": rows, "has_more": False},
    }
    event = {
        "id": f"evt_{lines}", "object": "event", "type": "invoice.payment_succeeded", "livemode": True,
        "api_version": "2025-03-31.basil", "data": {"object": invoice},
    }
    body = json.dumps(event, indent=2)
    moment = int(time.time())
    signature = hmac.new(b"whsec_x", f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()
    headers = {"stripe-signature": f"t={moment},v1={signature}"}
    response = Client().post("/stripe/", body, content_type="application/json", headers=headers)
    return f"{response.status_code} {StripeWebhookEvent.objects.get(stripe_event_id=event['id']).status}"


seen = f"invoice of 1 line: {send(1)}; of 10: {send(10)}; of 40: {send(40)}; handled {', '.join(handled)}"
as_stated = seen == "invoice of 1 line: 200 success; of 10: 200 success; of 40: 200 error; handled in_1, in_10"
print(f"{'as stated' if as_stated else 'CHANGED'}: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python check.py 2>/dev/null
