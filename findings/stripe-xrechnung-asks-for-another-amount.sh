#!/usr/bin/env bash
# stripe-xrechnung 0.1.0 with pydantic 2.14.4 and lxml 6.1.3 (PyPI), Python 3.11, run 2026-11-30.
# Expected: the XRechnung that is made of a Stripe invoice asks for what the invoice asks for. Its table says of `subtotal`, `tax` and
# `total`: "cross-check only".
# It does: nothing is checked. An invoice names its tax rate by an id, in `taxes` (and in `tax_amounts` before 2025), so no percentage
# is found and 19 is taken. `total_discount_amounts` and `amount_paid` are not read. The local check finds no fault. Seen:
#   as stated: tax 7 %: Stripe 107.00, XRechnung 119.00; coupon of 20 %: 95.20, 119.00; paid by card: 0.00 due, 119.00; faults 0
# Why it matters: the tax that an invoice names is owed even where it is too high, and the customer is asked for what is paid.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check stripe-xrechnung==0.1.0 pydantic==2.14.4 lxml==6.1.3
cat >check.py <<'EOF'
import re
import sys

from stripe_xrechnung import emit_ubl, map_stripe, validate_invoice

seller = {
    "name": "Example GmbH", "street": "Street 1", "city": "Berlin", "postal_code": "10115", "country": "DE", "tax_number": "27/000/00000",
    "email": "billing@seller.example", "phone": "+49 30 5550100", "contact_name": "Billing", "iban": "DE89370400440532013000",
}


def invoice(tax, discount=0, paid=0):
    total = 10000 - discount + tax
    rate = {"amount": tax, "tax_behavior": "exclusive", "taxable_amount": 10000 - discount, "type": "tax_rate_details"}
    taxes = [{**rate, "tax_rate_details": {"tax_rate": "txr_1"}, "taxability_reason": "standard_rated"}]
    discounts = [{"amount": discount, "discount": "di_1"}] if discount else []
    line = {
        "id": "il_1", "object": "line_item", "amount": 10000, "currency": "eur", "description": "Plan", "quantity": 1, "taxes": taxes,
        "discount_amounts": discounts, "period": {"start": 1764547200, "end": 1767225600},
        "pricing": {"type": "price_details", "price_details": {"price": "price_1", "product": "prod_1"}, "unit_amount_decimal": "10000"},
    }
    return {
        "id": "in_1", "object": "invoice", "number": "A-1", "currency": "eur", "created": 1764547200, "status": "open",
        "customer_name": "Customer", "customer_email": "billing@customer.example", "metadata": {"buyer_reference": "PO 1"},
        "customer_address": {"line1": "Street 2", "city": "Berlin", "postal_code": "10117", "country": "DE"},
        "lines": {"object": "list", "data": [line], "has_more": False}, "total_taxes": taxes, "total_discount_amounts": discounts,
        "subtotal": 10000, "total": total, "amount_due": total, "amount_paid": paid, "amount_remaining": total - paid,
    }


faults = 0


def asked(source):
    global faults
    mapped = map_stripe(source, seller_overlay=seller)
    faults += len(validate_invoice(mapped).issues)
    return re.search(r"PayableAmount[^>]*>([\d.]+)<", emit_ubl(mapped).decode())[1]


def both(source):
    return f"{source['amount_remaining'] / 100:.2f}", asked(source)


seven, coupon, paid = both(invoice(700)), both(invoice(1520, discount=2000)), both(invoice(1900, paid=11900))
seen = (
    f"tax 7 %: Stripe {seven[0]}, XRechnung {seven[1]}; coupon of 20 %: {coupon[0]}, {coupon[1]}; "
    f"paid by card: {paid[0]} due, {paid[1]}; faults {faults}"
)
as_stated = seen == (
    "tax 7 %: Stripe 107.00, XRechnung 119.00; coupon of 20 %: 95.20, 119.00; paid by card: 0.00 due, 119.00; faults 0"
)
print(f"{'as stated' if as_stated else 'CHANGED'}: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python check.py
