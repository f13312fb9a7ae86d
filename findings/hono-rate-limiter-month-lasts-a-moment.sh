#!/usr/bin/env bash
# hono-rate-limiter@0.5.4 with hono@4.13.19, and @fastify/rate-limit@11.2.0 with fastify@5, Node 20.20.2, run 2026-11-30.
# Expected: `windowMs` of 24 days and of 25 days are two windows of about one length; `limit: 2` serves two requests in either.
# It does: its store forgets by a timer, and a timer of more than 2^31 - 1 ms, 24.8 days, is one of 1 ms to Node. The answers go on
# to say that a month is counted, while the counters are thrown away every other millisecond. @fastify/rate-limit, which compares
# times, counts a month. Seen:
#   as stated: of 6 requests served: hono-rate-limiter 24 days 2, 25 days 6; @fastify/rate-limit 25 days 2
# Why it matters: a monthly quota, the ordinary one of a plan, never ends, and its headers say that it is kept.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts hono-rate-limiter@0.5.4 hono@4.13.19 \
  @fastify/rate-limit@11.2.0 fastify@5.11.2
cat >check.mjs <<'EOF'
import { setTimeout } from "node:timers/promises";
import limit from "@fastify/rate-limit";
import Fastify from "fastify";
import { Hono } from "hono";
import { rateLimiter } from "hono-rate-limiter";

const day = 24 * 3_600_000;
const count = async (ask) => {
  let served = 0;
  for (let request = 0; request < 6; request += 1) {
    if ((await ask()) === 200) served += 1;
    await setTimeout(20);
  }
  return served;
};
const countHono = async (windowMs) => {
  const app = new Hono();
  app.use(rateLimiter({ windowMs, limit: 2, keyGenerator: () => "customer" }));
  app.get("/", (context) => context.text("served"));
  return await count(async () => (await app.request("/")).status);
};
const fastify = Fastify();
await fastify.register(limit, { max: 2, timeWindow: 25 * day, keyGenerator: () => "customer" });
fastify.get("/", async () => "served");
const hono = `hono-rate-limiter 24 days ${await countHono(24 * day)}, 25 days ${await countHono(25 * day)}`;
const seen = `${hono}; @fastify/rate-limit 25 days ${await count(async () => (await fastify.inject("/")).statusCode)}`;
const stated = "hono-rate-limiter 24 days 2, 25 days 6; @fastify/rate-limit 25 days 2";
console.log(`${seen === stated ? "as stated" : "CHANGED"}: of 6 requests served: ${seen}`);
process.exit(seen === stated ? 0 : 1);
EOF
node --no-warnings check.mjs
