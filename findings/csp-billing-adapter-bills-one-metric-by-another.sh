#!/usr/bin/env bash
# csp-billing-adapter 1.5.0 (PyPI), Python 3.11, run 2026-12-01.
# Expected: a metric whose aggregation is `current`, as in the readme's example of a configuration, is billed by what is in use now.
# It does: it knows `average` and `maximum`. For another word the number of the metric before is billed, and when there is none before
# it is an error. Seen:
#   as stated: nodes maximum and users current: nodes 12, users 12; users current first: UnboundLocalError; both maximum: nodes 12, users 7
# Why it matters: the configuration of the readme bills as many users as there are nodes, and nothing is logged.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check csp-billing-adapter==1.5.0
cat >check.py <<'EOF'
import sys

from csp_billing_adapter.bill_utils import get_billable_usage
from csp_billing_adapter.config import Config

RECORDS = [
    {"reporting_time": "2026-10-15T00:00:00+00:00", "nodes": 12, "users": 5},
    {"reporting_time": "2026-10-16T00:00:00+00:00", "nodes": 9, "users": 7},
]


def bill(**aggregations):
    metrics = {
        name: {"usage_aggregation": how, "consumption_reporting": "volume", "dimensions": [{"dimension": name}]}
        for name, how in aggregations.items()
    }
    try:
        usage = get_billable_usage(RECORDS, Config({"usage_metrics": metrics}))
    except Exception as error:
        return type(error).__name__
    return ", ".join(f"{name} {count}" for name, count in usage.items())


seen = (
    f"nodes maximum and users current: {bill(nodes='maximum', users='current')}; "
    f"users current first: {bill(users='current', nodes='maximum')}; both maximum: {bill(nodes='maximum', users='maximum')}"
)
as_stated = seen == (
    "nodes maximum and users current: nodes 12, users 12; users current first: UnboundLocalError; both maximum: nodes 12, users 7"
)
print(f"{'as stated' if as_stated else 'CHANGED'}: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python check.py
