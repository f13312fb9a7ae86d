#!/usr/bin/env bash
# stripe@23.1.0 (npm) and stripe==16.1.0 (PyPI), Node 20.20.2, Python 3.11.7, run 2026-11-29.
# Expected: null in JavaScript and None in Python ask the same of the same API.
# It does: stripe-node sends null as an empty value, which removes the field or the metadata key; stripe-python leaves None
# out, so nothing is asked, and both report success. Seen:
#   as stated: node "name=&metadata[plan]=", python ""
# Why it matters: code that is carried from one to the other stops removing, or starts. The empty string means
# "remove" in both. Neither README says what null or None does.
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
client.v1.customers.update("cus_1", {"name": None, "metadata": {"plan": None}})
print(sent[0], end="")
EOF
cat >check.mjs <<'EOF'
import { once } from "node:events";
import http from "node:http";
import Stripe from "stripe";

const seen = [];
const server = http.createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += chunk)).on("end", () => {
    seen.push(`${request.method} ${request.url}${body && ` ${body}`}`);
    const { status = 200, ...json } = answer(request);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
  });
}).listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address();
const stripe = new Stripe("sk_test_x", { host: "127.0.0.1", port, protocol: "http", maxNetworkRetries: 0, telemetry: false });
const answer = () => ({ id: "cus_1", object: "customer" });
await stripe.customers.update("cus_1", { name: null, metadata: { plan: null } });
console.log(seen[0].slice("POST /v1/customers/cus_1 ".length));
process.exit(0);
EOF
node=$(node check.mjs)
python=$(venv/bin/python check.py)
if [ "$node" != 'name=&metadata[plan]=' ] || [ -n "$python" ]; then
  echo "CHANGED: node \"$node\", python \"$python\""
  exit 1
fi
echo "as stated: node \"$node\", python \"$python\""
