#!/usr/bin/env bash
# amberflo-metering-python 3.3.1 (PyPI), Python 3.11, run 2026-11-30.
# Expected: `@meter_llm()` meters a call for the customer that the call names, however Python lets one pass the argument, and
# refuses or warns when there is none.
# It does: it looks into the keyword arguments only. A customer passed by position, or a misspelt keyword, becomes "test_customer",
# to whom the usage goes. Nothing is logged. Seen:
#   as stated: ask(customer_id="acme"): acme; ask("acme"): test_customer; no customer at all: test_customer
# Why it matters: the tokens of every customer are billed to one that does not exist, and the numbers of the others look plausible.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check amberflo-metering-python==3.3.1 backoff==2.2.1 requests==2.34.2
cat >check.py <<'EOF'
import sys
from types import SimpleNamespace

from metering.llms import meter_llm

usage = SimpleNamespace(prompt_tokens=12, completion_tokens=3)
answer = SimpleNamespace(object="chat.completion", model="gpt-5", usage=usage)
billed = []


@meter_llm(metering_client=SimpleNamespace(send=lambda event: billed.append(event["customerId"])))
def ask(customer_id="nobody"):
    return answer


def billed_to(call):
    billed.clear()
    call()
    return ", ".join(sorted(set(billed)))


by_name = billed_to(lambda: ask(customer_id="acme"))
by_position = billed_to(lambda: ask("acme"))
without = billed_to(lambda: ask())
seen = f'ask(customer_id="acme"): {by_name}; ask("acme"): {by_position}; no customer at all: {without}'
as_stated = [by_name, by_position, without] == ["acme", "test_customer", "test_customer"]
print(f"{'as stated' if as_stated else 'CHANGED'}: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python check.py
