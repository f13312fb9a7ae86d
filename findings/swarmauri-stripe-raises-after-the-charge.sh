#!/usr/bin/env bash
# swarmauri_billing_stripe 0.11.0.dev2 with stripe 15.6.2 (PyPI), Python 3.11, run 2026-11-30.
# Expected: the provider gives back what Stripe made. It asks for stripe>=15,<16 itself.
# It does: what Stripe answers is no dict since stripe 15, and the provider calls `get()` on it. So each call does its work at Stripe and
# then raises an AttributeError. Where it asks first whether it has a mapping, the list of disputes, it gives an empty list. Seen:
#   as stated: charged at Stripe 1, the caller has AttributeError; product created 1, AttributeError; disputes at Stripe 1, listed 0
# Why it matters: a caller that takes the exception for a failed payment asks the customer to pay again, and no dispute is answered in time.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check swarmauri_billing_stripe==0.11.0.dev2 swarmauri_base==0.11.0.dev2 \
  swarmauri_core==0.11.0.dev2 swarmauri_typing==0.11.0.dev2 stripe==15.6.2
cat >check.py <<'EOF'
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import stripe
from swarmauri_base.billing import PaymentIntentRequest, ProductSpec
from swarmauri_billing_stripe import StripeBillingProvider

made = []


class Stripe(BaseHTTPRequestHandler):
    def answer(self, content):
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer({"object": "list", "url": "/v1/disputes", "has_more": False, "data": [{"id": "dp_1", "object": "dispute"}]})

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        made.append(self.path)
        if self.path == "/v1/products":
            return self.answer({"id": "prod_1", "object": "product", "name": "Plan"})
        self.answer({"id": "pi_1", "object": "payment_intent", "status": "succeeded", "amount": 1000, "currency": "eur"})

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Stripe)
threading.Thread(target=server.serve_forever, daemon=True).start()
stripe.api_base = f"http://127.0.0.1:{server.server_port}"
provider = StripeBillingProvider(api_key="sk_test_x")


def outcome(call):
    try:
        return type(call()).__name__
    except Exception as error:
        return type(error).__name__


request = PaymentIntentRequest(payload={"amount_minor": 1000, "currency": "eur", "payment_method_id": "pm_1"}, confirm=True)
charge = outcome(lambda: provider.create_payment_intent(request))
product = outcome(lambda: provider.create_product(ProductSpec(payload={"name": "Plan"}), idempotency_key="product-1"))
seen = (
    f"charged at Stripe {made.count('/v1/payment_intents')}, the caller has {charge}; "
    f"product created {made.count('/v1/products')}, {product}; disputes at Stripe 1, listed {len(provider.list_disputes())}"
)
as_stated = seen == (
    "charged at Stripe 1, the caller has AttributeError; product created 1, AttributeError; disputes at Stripe 1, listed 0"
)
print(f"{'as stated' if as_stated else 'CHANGED'}: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python check.py
