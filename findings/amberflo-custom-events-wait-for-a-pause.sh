#!/usr/bin/env bash
# amberflo-metering-python 3.3.1 (PyPI), Python 3.11, run 2026-11-30.
# Expected: what `send()` and `send_custom()` take is sent in batches after half a second at most, the one like the other.
# It does: a thread looks at the custom events only when half a second went by without an ordinary one. While meters keep coming,
# the custom events stay in memory, whose queue fills. Seen:
#   as stated: a custom event is sent alone: yes; among 20 others a second, within 6 s: no; after these end: yes
# Why it matters: a busy service sends its custom events at night, if it is not restarted before; they are lost then.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check amberflo-metering-python==3.3.1 backoff==2.2.1 requests==2.34.2
cat >check.py <<'EOF'
import sys
import time

from metering.ingest.producer import ThreadedProducer

sent = {"ordinary": 0, "custom": 0}


class Backend:
    def send(self, batch):
        sent["ordinary"] += len(batch)

    def send_custom(self, batch):
        sent["custom"] += len(batch)


def custom_sent_within(seconds, producer, others):
    until = time.monotonic() + seconds
    while time.monotonic() < until and sent["custom"] == 0:
        if others:
            producer.meter("requests", 1, int(time.time() * 1000), "customer-1")
        time.sleep(0.05)
    return sent["custom"] == 1


quiet = ThreadedProducer({}, Backend)
quiet.send_custom({"any": "event"})
alone = custom_sent_within(3, quiet, others=False)
quiet.shutdown()

sent["custom"] = 0
busy = ThreadedProducer({}, Backend)
for _ in range(20):
    busy.meter("requests", 1, int(time.time() * 1000), "customer-1")
busy.send_custom({"any": "event"})
among = custom_sent_within(6, busy, others=True)
flowing = sent["ordinary"] > 100
after = custom_sent_within(6, busy, others=False)
busy.shutdown()

said = {True: "yes", False: "no"}
seen = f"alone: {said[alone]}; among 20 others a second, within 6 s: {said[among]}; after these end: {said[after]}"
as_stated = alone and not among and flowing and after
print(f"{'as stated' if as_stated else 'CHANGED'}: a custom event is sent {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python check.py
