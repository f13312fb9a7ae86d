#!/usr/bin/env bash
# csp-billing-adapter 1.5.0 (PyPI), Python 3.11, run 2026-12-01.
# Expected: after a partial failure the next try leaves out what was billed: "Any metrics that billed successfully will be skipped".
# It does: what the plugins answer, and what it builds itself, is kept by the dimension, and what was billed is looked up by the metric.
# Only a metric whose one dimension has its name is skipped. Seen:
#   as stated: 1st try tier_1 12, users_base 7 (fails); 2nd tier_1 12, users_base 7; dimension named as its metric: 1st nodes 12,
#   users_base 7 (fails), 2nd users_base 7
# Why it matters: one dimension that the marketplace refuses makes the others billed again at each try, each hour, until it does not.
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
from csp_billing_adapter.bill_utils import process_metering
from csp_billing_adapter.config import Config

logging.disable(logging.CRITICAL)
NOW = datetime(2026, 11, 1, tzinfo=timezone.utc)


class Marketplace:
    """Refuses the users at the first try, and answers as the plugins for AWS and Azure do."""

    def __init__(self):
        self.tries = []

    @csp_billing_adapter.hookimpl
    def meter_billing(self, config, dimensions, timestamp, dry_run, customer_id):
        first = not self.tries
        self.tries.append(", ".join(f"{name} {count}" for name, count in dimensions.items()))
        refused = {"users_base"} if first else set()
        return {
            name: {"status": "failed", "error": "throttled"} if name in refused else {"record_id": name, "status": "submitted"}
            for name in dimensions
        }


def tries(nodes_dimension):
    marketplace = Marketplace()
    plugins = get_plugin_manager()
    plugins.register(marketplace)
    metric = {"usage_aggregation": "maximum", "consumption_reporting": "volume"}
    config = Config({
        "billing_interval": "monthly",
        "reporting_interval": 3600,
        "usage_metrics": {
            "nodes": {**metric, "dimensions": [{"dimension": nodes_dimension, "min": 0}]},
            "users": {**metric, "dimensions": [{"dimension": "users_base", "min": 0}]},
        },
    })
    cache = {
        "usage_records": [{"reporting_time": "2026-10-15T00:00:00+00:00", "nodes": 12, "users": 7}],
        "next_bill_time": "2026-11-01T00:00:00+00:00",
    }
    for hour in range(2):
        process_metering(plugins.hook, config, NOW + timedelta(hours=hour), cache, {"errors": []})
    return marketplace.tries


first, second = tries("tier_1")
named_first, named_second = tries("nodes")
seen = f"1st try {first} (fails); 2nd {second}; dimension named as its metric: 1st {named_first} (fails), 2nd {named_second}"
as_stated = seen == (
    "1st try tier_1 12, users_base 7 (fails); 2nd tier_1 12, users_base 7; "
    "dimension named as its metric: 1st nodes 12, users_base 7 (fails), 2nd users_base 7"
)
print(f"{'as stated' if as_stated else 'CHANGED'}: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python check.py
