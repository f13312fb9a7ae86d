#!/usr/bin/env bash
# @foadonis/shopkeeper@1.0.1 with @adonisjs/core@7.0.1 and @adonisjs/lucid@22.1.1, Node 20.20.2, run 2026-12-01.
# Expected: `keepPastDueSubscriptionsActive: true`, "Keep past due subscriptions active", keeps the customer whose card failed once, while
# Stripe tries again, and false does not.
# It does: the setting is negated once too often, so it does the opposite; a subscription in good order is active either way. Seen:
#   as stated: past due is active: keep true: false, keep false: true; paid is active: keep true: true, keep false: true
# Why it matters: who grants a few days of grace locks out, at the first failed charge, the very customers that it was meant for, and each
# test with a card that pays passes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
# Adonis 7 asks for Node 24; what is used of it here runs on 20.
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @foadonis/shopkeeper@1.0.1 @adonisjs/core@7.0.1 \
  @adonisjs/lucid@22.1.1 luxon@3.7.2 reflect-metadata@0.2.2
cat >check.mjs <<'EOF'
import "reflect-metadata";
import { Secret } from "@adonisjs/core/helpers";
import { setApp } from "@adonisjs/core/services/app";

// The models wait for an application; none is needed to ask a subscription what it is.
setApp({ booted: async () => {} });
const { Shopkeeper } = await import("@foadonis/shopkeeper");
const { default: Subscription } = await import("@foadonis/shopkeeper/models/subscription");

function active(stripeStatus, keepPastDueSubscriptionsActive) {
  const config = { keepIncompleteSubscriptionsActive: false, keepPastDueSubscriptionsActive };
  new Shopkeeper({ secret: new Secret("sk_test_example"), stripe: {}, ...config });
  return Object.assign(new Subscription(), { stripeStatus, endsAt: null, trialEndsAt: null }).active();
}

const row = (status) => [true, false].map((keep) => `keep ${keep}: ${active(status, keep)}`).join(", ");
const seen = `past due is active: ${row("past_due")}; paid is active: ${row("active")}`;
const stated =
  "past due is active: keep true: false, keep false: true; paid is active: keep true: true, keep false: true";
console.log(`${seen === stated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(seen === stated ? 0 : 1);
EOF
node check.mjs
