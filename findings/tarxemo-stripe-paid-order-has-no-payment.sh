#!/usr/bin/env bash
# tarxemo-django-stripe 0.1.4 with stripe 12.5.1 and Django 5.2.19 (PyPI), Python 3.11, run 2026-12-01.
# Expected: an order paid on the hosted page holds, once synced, its payment and the amount received, and can be refunded as one
#   paid by the library's other way can.
# It does: a session has no payment when it is made (so with Stripe's API 2024-06-20, which the library asks for), and at no other moment
# is its `payment_intent` read. A later sync gets the session with the payment and the total, and takes its status alone. Seen:
#   as stated: own form: succeeded, received 29.00, payment pi_form, refund re_1
#   as stated: hosted page: succeeded, received 0.00, payment None, RefundError
#   as stated: sent to Stripe for the page's payment: metadata None
# Why it matters: revenue summed by amount received leaves out all that came by the page, no refund can be made by the order, and the
# payment's own events carry no order reference, so they are only logged; read `payment_intent` from `raw_response`.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check tarxemo-django-stripe==0.1.4 stripe==12.5.1 Django==5.2.19 requests==2.34.2
cat >check.py <<'EOF'
import json
import sys
import threading
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import django
import stripe
from django.conf import settings

settings.configure(
    SECRET_KEY="x",
    USE_TZ=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "stripe_payments"],
    STRIPE_SECRET_KEY="sk_live_x",
)
django.setup()

from django.core.management import call_command
from stripe_payments.managers.payment_manager import PaymentManager
from stripe_payments.managers.refund_manager import RefundManager

call_command("migrate", verbosity=0)
sent = {}


def session(done):
    return {
        "id": "cs_1", "object": "checkout.session", "mode": "payment", "amount_total": 2900, "currency": "eur",
        "status": "complete" if done else "open", "payment_status": "paid" if done else "unpaid",
        "payment_intent": "pi_page" if done else None, "url": None if done else "https://checkout.example/cs_1",
        "metadata": {"order_reference": "PAGE-1"},
    }


def intent(done):
    return {
        "id": "pi_form", "object": "payment_intent", "amount": 2900, "currency": "eur", "client_secret": "pi_form_secret_x",
        "amount_received": 2900 if done else 0, "status": "succeeded" if done else "requires_payment_method",
        "metadata": {"order_reference": "FORM-1"},
    }


class Stripe(BaseHTTPRequestHandler):
    def answer(self, body):
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self):
        text = self.rfile.read(int(self.headers["content-length"])).decode()
        sent[self.path] = parse_qs(text)
        if self.path == "/v1/refunds":
            self.answer({"id": "re_1", "object": "refund", "amount": 2900, "currency": "eur", "status": "succeeded"})
        else:
            self.answer(session(False) if "checkout" in self.path else intent(False))

    def do_GET(self):
        self.answer(session(True) if "checkout" in self.path else intent(True))

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Stripe)
threading.Thread(target=server.serve_forever, daemon=True).start()
stripe.api_base = f"http://127.0.0.1:{server.server_port}"
stripe.max_network_retries = 0


def paid(reference):
    order = PaymentManager().sync_payment_status(reference)
    order.refresh_from_db()
    try:
        refund = f"refund {RefundManager().create_refund(reference).stripe_refund_id}"
    except Exception as error:
        refund = type(error).__name__
    return f"{order.status}, received {order.amount_received}, payment {order.stripe_payment_intent_id}, {refund}"


PaymentManager().create_payment(amount=Decimal("29.00"), currency="eur", order_reference="FORM-1")
PaymentManager().create_checkout_session(
    line_items=[{"price": "price_1", "quantity": 1}],
    success_url="https://shop.example/ok",
    cancel_url="https://shop.example/no",
    order_reference="PAGE-1",
    currency="eur",
)
of_payment = [key for key in sent["/v1/checkout/sessions"] if key.startswith("payment_intent_data")]
seen = {
    "own form": (paid("FORM-1"), "succeeded, received 29.00, payment pi_form, refund re_1"),
    "hosted page": (paid("PAGE-1"), "succeeded, received 0.00, payment None, RefundError"),
    "sent to Stripe for the page's payment": (f"metadata {of_payment or None}", "metadata None"),
}
for what, (got, want) in seen.items():
    print(f"{'as stated' if got == want else 'CHANGED'}: {what}: {got}")
sys.exit(0 if all(got == want for got, want in seen.values()) else 1)
EOF
venv/bin/python check.py 2>/dev/null
