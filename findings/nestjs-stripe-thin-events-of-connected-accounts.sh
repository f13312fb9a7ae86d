#!/usr/bin/env bash
# @golevelup/nestjs-stripe@1.1.1 with @nestjs/core@11.2.10, stripe@20.4.1, Node 20.20.2, run 2026-11-30.
# Expected: `stripeThinSecrets.connect` checks the thin events of connected accounts, as `stripeSecrets.connect` does for
# snapshot events.
# It does: connected accounts are told by the field `account`, which snapshot events have. Thin events name theirs in `context`
# and have no `account`, so their secret is never looked at: they are checked with the platform's secret and refused. Seen:
#   as stated: snapshot: platform 201, connected 201; thin: platform 201, connected 500
# Why it matters: Stripe repeats each such event for three days and then stops sending; nobody hears of a connected account's
# meter errors. Both secrets are set and right.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @golevelup/nestjs-stripe@1.1.1 @nestjs/common@11.2.10 \
  @nestjs/core@11.2.10 @nestjs/platform-express@11.2.10 reflect-metadata@0.2.2 rxjs@7.8.2 stripe@20.4.1
cat >check.cjs <<'EOF'
require("reflect-metadata");
const { Module, Injectable } = require("@nestjs/common");
const { NestFactory } = require("@nestjs/core");
const { StripeModule, StripeWebhookHandler, StripeThinWebhookHandler } = require("@golevelup/nestjs-stripe");
const Stripe = require("stripe");

class Handlers {
  snapshot() {}
  thin() {}
}
const method = (name) => [Handlers.prototype, name, Object.getOwnPropertyDescriptor(Handlers.prototype, name)];
StripeWebhookHandler("*")(...method("snapshot"));
StripeThinWebhookHandler("*")(...method("thin"));
Injectable()(Handlers);

const SECRETS = { platform: "whsec_platform", connected: "whsec_connected" };
const secrets = { accountTest: SECRETS.platform, connectTest: SECRETS.connected };
class App {}
Module({
  imports: [
    StripeModule.forRoot({
      apiKey: "sk_test_x",
      webhookConfig: { stripeSecrets: secrets, stripeThinSecrets: secrets, requestBodyProperty: "rawBody" },
    }),
  ],
  providers: [Handlers],
})(App);

const EVENTS = {
  snapshot: {
    platform: { id: "evt_1", object: "event", type: "customer.updated", livemode: false, data: { object: {} } },
    connected: { id: "evt_2", object: "event", account: "acct_1", type: "customer.updated", livemode: false, data: { object: {} } },
  },
  thin: {
    platform: { id: "evt_3", object: "v2.core.event", type: "v1.billing.meter.error_report_triggered", livemode: false },
    connected: { id: "evt_4", object: "v2.core.event", context: "acct_1", type: "v1.billing.meter.error_report_triggered", livemode: false },
  },
};

(async () => {
  const app = await NestFactory.create(App, { rawBody: true, logger: false });
  await app.listen(0, "127.0.0.1");
  const stripe = new Stripe("sk_test_x");
  const status = async (mode, whose) => {
    const payload = JSON.stringify(EVENTS[mode][whose]);
    const signature = stripe.webhooks.generateTestHeaderString({ payload, secret: SECRETS[whose] });
    const headers = { "content-type": "application/json", "stripe-signature": signature };
    const answer = await fetch(`${await app.getUrl()}/stripe/webhook?mode=${mode}`, { method: "POST", headers, body: payload });
    return `${whose} ${answer.status}`;
  };
  const of = async (mode) => `${mode}: ${await status(mode, "platform")}, ${await status(mode, "connected")}`;
  const seen = `${await of("snapshot")}; ${await of("thin")}`;
  const asStated = seen === "snapshot: platform 201, connected 201; thin: platform 201, connected 500";
  console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
  process.exit(asStated ? 0 : 1);
})();
EOF
node check.cjs </dev/null | grep -E '^(as stated|CHANGED)'
