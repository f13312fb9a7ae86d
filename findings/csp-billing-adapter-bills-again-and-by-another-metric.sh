#!/usr/bin/env bash
# csp-billing-adapter 1.5.0 (PyPI), Python 3.11, run 2026-12-01.
# Expected: after a partial failure the next try leaves out what was billed: "Any metrics that billed successfully will be skipped". A
# metric whose aggregation is `current`, as in the readme's example of a configuration, is billed by what is in use now.
# It does: what the plugins answer, and what it builds itself, is kept by the dimension, and what was billed is looked up by the metric.
# Only a metric whose one dimension has its name is skipped. Of aggregations it knows `average` and `maximum`; for another word the number
# of the metric before is billed, and when there is none before it is an error. Seen:
#   as stated: 1st try tier_1 12, users_base 7 (fails); 2nd tier_1 12, users_base 7; dimension named as its metric: 1st nodes 12,
#   users_base 7 (fails), 2nd users_base 7
#   as stated: nodes maximum and users current: nodes 12, users 12; users current first: UnboundLocalError; both maximum: nodes 12, users 7
# Why it matters: one dimension that the marketplace refuses makes the others billed again at each try, each hour, until it does not; and
# the configuration of the readme bills as many users as there are nodes, with nothing logged.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check csp-billing-adapter==1.5.0
cat >check.py <<'EOF'
import logging
import sys
from datetime import datetime, timedelta, timezone

import csp_billing_adapter
from csp_billing_adapter.adapter import get_plugin_manager
from csp_billing_adapter.bill_utils import get_billable_usage, process_metering
from csp_billing_adapter.config import Config

logging.disable(logging.CRITICAL)
NOW = datetime(2026, 11, 1, tzinfo=timezone.utc)
RECORDS = [
    {"reporting_time": "2026-10-15T00:00:00+00:00", "nodes": 12, "users": 5},
    {"reporting_time": "2026-10-16T00:00:00+00:00", "nodes": 9, "users": 7},
]


class Marketplace:
    """Refuses the users at the first try, and answers as the plugins for AWS and Azure do."""

    def __init__(self):
        self.tries = []

    @csp_billing_adapter.hookimpl
    def meter_billing(self, config, dimensions, timestamp, dry_run, customer_id):
        first = not self.tries
        self.tries.append(listed(dimensions))
        refused = {"users_base"} if first else set()
        return {
            name: {"status": "failed", "error": "throttled"} if name in refused else {"record_id": name, "status": "submitted"}
            for name in dimensions
        }


def listed(counts):
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def metric(how, **dimension):
    return {"usage_aggregation": how, "consumption_reporting": "volume", "dimensions": [dimension]}


def tries(nodes_dimension):
    marketplace = Marketplace()
    plugins = get_plugin_manager()
    plugins.register(marketplace)
    config = Config({
        "billing_interval": "monthly",
        "reporting_interval": 3600,
        "usage_metrics": {
            "nodes": metric("maximum", dimension=nodes_dimension, min=0),
            "users": metric("maximum", dimension="users_base", min=0),
        },
    })
    cache = {"usage_records": RECORDS, "next_bill_time": "2026-11-01T00:00:00+00:00"}
    for hour in range(2):
        process_metering(plugins.hook, config, NOW + timedelta(hours=hour), cache, {"errors": []})
    return marketplace.tries


def usage(**aggregations):
    metrics = {name: metric(how, dimension=name) for name, how in aggregations.items()}
    try:
        return listed(get_billable_usage(RECORDS, Config({"usage_metrics": metrics})))
    except Exception as error:
        return type(error).__name__


def again():
    first, second = tries("tier_1")
    named_first, named_second = tries("nodes")
    return f"1st try {first} (fails); 2nd {second}; dimension named as its metric: 1st {named_first} (fails), 2nd {named_second}"


def current():
    return (
        f"nodes maximum and users current: {usage(nodes='maximum', users='current')}; "
        f"users current first: {usage(users='current', nodes='maximum')}; both maximum: {usage(nodes='maximum', users='maximum')}"
    )


STATED = {
    again: "1st try tier_1 12, users_base 7 (fails); 2nd tier_1 12, users_base 7; "
    "dimension named as its metric: 1st nodes 12, users_base 7 (fails), 2nd users_base 7",
    current: "nodes maximum and users current: nodes 12, users 12; users current first: UnboundLocalError; "
    "both maximum: nodes 12, users 7",
}
changed = False
for look, stated in STATED.items():
    seen = look()
    changed |= seen != stated
    print(f"{'CHANGED' if seen != stated else 'as stated'}: {seen}")
sys.exit(1 if changed else 0)
EOF
venv/bin/python check.py
