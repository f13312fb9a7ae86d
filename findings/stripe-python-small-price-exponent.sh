#!/usr/bin/env bash
# stripe==16.1.0 (PyPI) and stripe@23.1.0 (npm), Python 3.11.7, Node 20.20.2, run 2026-11-29.
# Expected: a price of 0.0000001 a call, given as Python's Decimal as the SDK's types ask, is sent as Stripe writes it.
# It does: Decimal's own text is sent, and from seven zeros on that is the notation with an exponent. stripe-node's Decimal
# writes the digits. Seen:
#   as stated: python unit_amount_decimal=1E-7, node 0.0000001
# Why it matters: prices for one call or one token are that small. Stripe documents a decimal string with up to 12 places
# and no exponent; what it answers was not tried. format(value, "f") gives the digits.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check stripe==16.1.0
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts stripe@23.1.0
cat >check.py <<'EOF'
import http.server, json, threading
import stripe

sent = []

class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        sent.append(self.rfile.read(int(self.headers.get("content-length") or 0)).decode())
        body = json.dumps({"id": "x", "object": "customer"}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass

server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
base = {"api": f"http://127.0.0.1:{server.server_port}"}
client = stripe.StripeClient("sk_test_x", base_addresses=base, max_network_retries=0)
from decimal import Decimal

client.v1.prices.create({"unit_amount_decimal": Decimal("0.0000001")})
print(sent[0])
EOF
python=$(venv/bin/python check.py)
node=$(node -p 'require("stripe").Decimal.from("0.0000001").toString()')
if [ "$python" != 'unit_amount_decimal=1E-7' ] || [ "$node" != 0.0000001 ]; then
  echo "CHANGED: python $python, node $node"
  exit 1
fi
echo "as stated: python $python, node $node"
