#!/usr/bin/env bash
# flask-headless-payments 0.2.31 with Flask 3.1.3 and stripe 15.6.2 (PyPI), Python 3.11, run 2026-12-01.
# Expected: one payment of a subscription is one row of its table of payments, whichever of `invoice.payment_succeeded` and
# `payment_intent.succeeded` comes first; its code says that the two share a key for that.
# It does: the key is the invoice's `payment_intent`. From Stripe's version 2025-03-31.basil on an invoice has no such member, nor a payment
# an `invoice`; the library sets a version for its requests, and an endpoint has its own. So each event makes a row. Seen:
#   as stated: events of 2024-06-20: 1 payment, 2900; of 2025-03-31.basil: 2 payments, 5800
# Why it matters: revenue by this table is doubled from the day the endpoint is made anew or upgraded, and no event fails.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check flask-headless-payments==0.2.31 Flask==3.1.3 Flask-SQLAlchemy==3.1.1 stripe==15.6.2
cat >check.py <<'EOF'
import hashlib
import hmac
import json
import logging
import sys
import time

from flask import Flask
from flask_headless_payments import PaymentSvc
from flask_headless_payments.mixins import SubscriptionMixin
from flask_sqlalchemy import SQLAlchemy

logging.disable(logging.CRITICAL)
SECRET = "whsec_of_this_example"
app = Flask(__name__)
app.config.update(
    SQLALCHEMY_DATABASE_URI="sqlite://", STRIPE_API_KEY="sk_test_example", STRIPE_WEBHOOK_SECRET=SECRET, JWT_SECRET_KEY="k" * 32
)
db = SQLAlchemy(app)


class User(db.Model, SubscriptionMixin):
    id = db.Column(db.Integer, primary_key=True)


payments = PaymentSvc(app, user_model=User)
webhook = next(rule.rule for rule in app.url_map.iter_rules() if "webhook" in rule.rule)


def deliver(version, number, type_, obj):
    event = {
        "id": f"evt_{version}_{number}",
        "object": "event",
        "api_version": version,
        "type": type_,
        "data": {"object": {**obj, "customer": "cus_1", "currency": "eur"}},
    }
    body = json.dumps(event)
    moment = int(time.time())
    signature = hmac.new(SECRET.encode(), f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()
    answer = app.test_client().post(
        webhook, data=body, content_type="application/json", headers={"Stripe-Signature": f"t={moment},v1={signature}"}
    )
    assert answer.status_code == 200, answer.get_data(as_text=True)


def renewal(version):
    """The two events of one payment of 29.00, with the members that the version has."""
    before = version < "2025-03-31"
    invoice = {"id": f"in_{version}", "object": "invoice", "amount_paid": 2900}
    payment = {"id": f"pi_{version}", "object": "payment_intent", "amount": 2900, "amount_received": 2900}
    if before:
        invoice["payment_intent"] = payment["id"]
        payment["invoice"] = invoice["id"]
    table = payments.payment_model
    table.query.delete()
    deliver(version, 1, "payment_intent.succeeded", payment)
    deliver(version, 2, "invoice.payment_succeeded", invoice)
    rows = table.query.all()
    return f"{len(rows)} payment{'s' if len(rows) > 1 else ''}, {sum(row.amount for row in rows)}"


with app.app_context():
    db.create_all()
    db.session.add(User(id=1, stripe_customer_id="cus_1"))
    db.session.commit()
    seen = f"events of 2024-06-20: {renewal('2024-06-20')}; of 2025-03-31.basil: {renewal('2025-03-31.basil')}"
as_stated = seen == "events of 2024-06-20: 1 payment, 2900; of 2025-03-31.basil: 2 payments, 5800"
print(f"{'as stated' if as_stated else 'CHANGED'}: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python check.py
