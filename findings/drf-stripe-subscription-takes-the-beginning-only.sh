#!/usr/bin/env bash
# drf-stripe-subscription 1.2.2 with pydantic 2.14.4 (and 1.10.26 to compare), stripe 12.5.1 and Django 5.2.19 (PyPI), Python 3.11,
# run 2026-12-01.
# Expected: the readme lists `customer.subscription.created`, `.updated` and `.deleted` as supported, and the package asks for
# pydantic>=1.8.
# It does: in pydantic 2 `Optional` means that a member may be null and must be there. `previous_attributes` of an event holds what changed
# and is checked as a whole subscription; `request.id`, null where Stripe acted by itself, has to be a text. Each such event raises. Seen:
#   as stated: pydantic 2: created 200, updated ValidationError, ended by Stripe ValidationError; still active
#   as stated: pydantic 1: created 200, updated 200, ended by Stripe 200; canceled
# Why it matters: who subscribes is let in, as a test shows, and who cancels or stops paying stays subscribed for good.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check drf-stripe-subscription==1.2.2 pydantic==2.14.4 stripe==12.5.1 Django==5.2.19 \
  djangorestframework==3.16.1
cat >check.py <<'EOF'
import hashlib
import hmac
import json
import logging
import sys
import time

import django
from django.conf import settings

SECRET = "whsec_of_this_example"
settings.configure(
    SECRET_KEY="of-this-example",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "rest_framework", "drf_stripe"],
    ROOT_URLCONF="drf_stripe.urls",
    ALLOWED_HOSTS=["testserver"],
    USE_TZ=True,
    DRF_STRIPE={"STRIPE_API_SECRET": "sk_test_example", "STRIPE_WEBHOOK_SECRET": SECRET},
)
django.setup()

from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from drf_stripe.models import Price, Product, StripeUser, Subscription

logging.disable(logging.CRITICAL)
call_command("migrate", verbosity=0)
user = User.objects.create(username="ada")
StripeUser.objects.create(user=user, customer_id="cus_1")
product = Product.objects.create(product_id="prod_1", active=True)
Price.objects.create(price_id="price_1", product=product, price=2900, active=True, currency="eur")

PRICE = {
    "id": "price_1", "object": "price", "active": True, "created": 1_700_000_000, "currency": "eur", "metadata": {}, "nickname": None,
    "product": "prod_1", "recurring": {"interval": "month", "interval_count": 1, "usage_type": "licensed"}, "type": "recurring",
    "unit_amount": 2900,
}
ITEM = {
    "id": "si_1", "object": "subscription_item", "created": 1_700_000_000, "metadata": {}, "price": PRICE, "quantity": 1,
    "subscription": "sub_1", "tax_rates": [], "billing_thresholds": None,
}
SUBSCRIPTION = {
    "id": "sub_1", "object": "subscription", "cancel_at": None, "cancel_at_period_end": False, "current_period_end": 1_702_592_000,
    "current_period_start": 1_700_000_000, "customer": "cus_1", "default_payment_method": None, "ended_at": None,
    "items": {"object": "list", "data": [ITEM], "has_more": False, "url": "/v1/subscription_items"}, "latest_invoice": "in_1",
    "metadata": {}, "pending_setup_intent": None, "pending_update": None, "status": "active", "trial_end": None, "trial_start": None,
}


def deliver(type_, changes, request_id, **data):
    event = {
        "id": f"evt_{type_}", "object": "event", "api_version": "2020-08-27", "created": 1_700_000_000, "livemode": False,
        "pending_webhooks": 1, "request": {"id": request_id, "idempotency_key": None}, "type": type_,
        "data": {"object": {**SUBSCRIPTION, **changes}, **data},
    }
    body = json.dumps(event)
    moment = int(time.time())
    signature = hmac.new(SECRET.encode(), f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()
    try:
        answer = Client().post(
            "/webhook/", data=body, content_type="application/json", HTTP_STRIPE_SIGNATURE=f"t={moment},v1={signature}"
        )
        return answer.status_code
    except Exception as error:
        return type(error).__name__


created = deliver("customer.subscription.created", {}, "req_1")
updated = deliver(
    "customer.subscription.updated", {"cancel_at_period_end": True}, "req_2", previous_attributes={"cancel_at_period_end": False}
)
ended = deliver("customer.subscription.deleted", {"status": "canceled", "ended_at": 1_702_592_000}, None)
status = Subscription.objects.get().status
seen = f"created {created}, updated {updated}, ended by Stripe {ended}; {'still active' if status == 'active' else status}"
pydantic, stated = sys.argv[1:]
as_stated = seen == stated
print(f"{'as stated' if as_stated else 'CHANGED'}: pydantic {pydantic}: {seen}")
sys.exit(0 if as_stated else 1)
EOF
changed=0
venv/bin/python -W ignore check.py 2 "created 200, updated ValidationError, ended by Stripe ValidationError; still active" || changed=1
venv/bin/pip install -q --disable-pip-version-check pydantic==1.10.26
venv/bin/python -W ignore check.py 1 "created 200, updated 200, ended by Stripe 200; canceled" || changed=1
exit $changed
