#!/usr/bin/env bash
# @dodopayments/ingestion-blueprints@0.6.1 with ai@5.0.277 and @ai-sdk/openai@2.0.131, Node 20.20.2, run 2026-11-30.
# Expected: one answer of a model is one number of output tokens on the meter, through OpenAI's answer or through the AI SDK's.
# It does: for the AI SDK it adds `reasoningTokens` to `outputTokens`, which holds them already with OpenAI, so the reasoning is
# counted twice; the `totalTokens` of the same event are not their sum. (ai 7 has moved the field, so nothing is added.) Seen:
#   as stated: 500 output tokens, 400 of them reasoning: OpenAI's answer 100 + 500 = 600; the AI SDK's 100 + 900 = 600
# Why it matters: a meter on output tokens bills the customers of reasoning models for nearly twice what was used.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @dodopayments/ingestion-blueprints@0.6.1 dodopayments@2.52.0 \
  ai@5.0.277 @ai-sdk/openai@2.0.131 zod@4
cat >check.mjs <<'EOF'
import { createOpenAI } from "@ai-sdk/openai";
import { createLLMTracker } from "@dodopayments/ingestion-blueprints";
import { generateText } from "ai";

const answer = {
  id: "c", object: "chat.completion", created: 1, model: "o4-mini",
  choices: [{ index: 0, message: { role: "assistant", content: "hello" }, finish_reason: "stop" }],
  usage: {
    prompt_tokens: 100, completion_tokens: 500, total_tokens: 600, completion_tokens_details: { reasoning_tokens: 400 },
  },
};
let event;
globalThis.fetch = async (_, init) => {
  [event] = JSON.parse(init.body).events;
  return Response.json({ ingested_count: 1 });
};
const tracker = createLLMTracker({ apiKey: "dodo_of_this_example", environment: "test_mode", eventName: "tokens" });
const track = async (response) => {
  await tracker.track(response, "customer");
  const { inputTokens, outputTokens, totalTokens } = event.metadata;
  return `${inputTokens} + ${outputTokens} = ${totalTokens}`;
};
const openai = createOpenAI({ apiKey: "openai_of_this_example", fetch: async () => Response.json(answer) });
const seen = `OpenAI's answer ${await track(answer)}; the AI SDK's ${await track(
  await generateText({ model: openai.chat("o4-mini"), prompt: "hello" }),
)}`;
const asStated = seen === "OpenAI's answer 100 + 500 = 600; the AI SDK's 100 + 900 = 600";
console.log(`${asStated ? "as stated" : "CHANGED"}: 500 output tokens, 400 of them reasoning: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
