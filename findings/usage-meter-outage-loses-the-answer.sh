#!/usr/bin/env bash
# @polar-sh/ingestion@0.4.2 with ai@5.0.277, and @dodopayments/ingestion-blueprints@0.6.1, Node 20.20.2, run 2026-11-30.
# Expected: a model that is wrapped to be metered answers as before. When the meter is down the usage may be lost, or kept for
# later; the answer, which has been paid for, is given.
# It does: both wait for the meter inside the call and let its error out in place of the answer. A stream breaks off at its end,
# after the text has been shown. Seen:
#   as stated: meter up: polar hello, polar stream hello, dodo hello; meter 503: polar error, polar stream hello error, dodo error
# Why it matters: an outage of the billing is an outage of the product, and each retry pays the model again.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts --legacy-peer-deps @polar-sh/ingestion@0.4.2 \
  @polar-sh/sdk@0.41.5 @dodopayments/ingestion-blueprints@0.6.1 dodopayments@2.52.0 ai@5.0.277 zod@4
cat >check.mjs <<'EOF'
import { setTimeout } from "node:timers/promises";
import { createLLMTracker } from "@dodopayments/ingestion-blueprints";
import { Ingestion } from "@polar-sh/ingestion";
import { LLMStrategy } from "@polar-sh/ingestion/strategies/LLM";
import { generateText, streamText } from "ai";

let isUp = true;
const down = { status: 503, headers: { "x-should-retry": "false" } };
globalThis.fetch = async () => Response.json({ inserted: 1, ingested_count: 1 }, isUp ? {} : down);

// A model that says hello, in the form that the AI SDK asks for.
const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };
const chunks = [
  { type: "text-start", id: "t" }, { type: "text-delta", id: "t", delta: "hello" }, { type: "text-end", id: "t" },
  { type: "finish", finishReason: "stop", usage },
];
const model = {
  specificationVersion: "v2", provider: "example", modelId: "example", supportedUrls: {},
  doGenerate: async () => ({ content: [{ type: "text", text: "hello" }], finishReason: "stop", usage, warnings: [] }),
  doStream: async () => ({
    stream: new ReadableStream({
      start: async (controller) => {
        for (const chunk of chunks) {
          controller.enqueue(chunk);
          await setTimeout(20);
        }
        controller.close();
      },
    }),
  }),
};
const strategy = Ingestion({ accessToken: "polar_of_this_example" }).strategy(new LLMStrategy(model)).ingest("tokens");
const metered = strategy.client({ externalCustomerId: "c" });
const answer = { text: "hello", usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } };
const tracker = createLLMTracker({ apiKey: "dodo_of_this_example", environment: "test_mode", eventName: "tokens" });
const wrapped = tracker.wrap({ client: { complete: async () => answer }, customerId: "c" });
const attempt = async (run) => await run().catch(() => "error");
const readStream = async () => {
  const parts = [];
  try {
    for await (const part of streamText({ model: metered, prompt: "hello", maxRetries: 0, onError: () => {} }).fullStream) {
      if (part.type === "text-delta") parts.push(part.text);
      if (part.type === "error") parts.push("error");
    }
  } catch {
    parts.push("error");
  }
  return parts.join(" ");
};
const measure = async () => {
  const polar = await attempt(async () => (await generateText({ model: metered, prompt: "hello", maxRetries: 0 })).text);
  const stream = await readStream();
  return `polar ${polar}, polar stream ${stream}, dodo ${await attempt(async () => (await wrapped.complete()).text)}`;
};
const up = await measure();
isUp = false;
const seen = `meter up: ${up}; meter 503: ${await measure()}`;
const stated =
  "meter up: polar hello, polar stream hello, dodo hello; meter 503: polar error, polar stream hello error, dodo error";
console.log(`${seen === stated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(seen === stated ? 0 : 1);
EOF
node check.mjs
