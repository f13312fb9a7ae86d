#!/usr/bin/env bash
# amberflo-metering-python 3.3.1 with openai 3.57.0 (PyPI), Python 3.11, run 2026-11-30.
# Expected: `@meter_llm()` sends the tokens of each answer of the providers it names: "We currently support Anthropic Messages,
# OpenAI Chat, OpenAI Embedding, ...".
# It does: it asks the list of the embeddings for its type, which a list does not have, so no answer of OpenAI is ever an embedding.
# An `async` function gives a coroutine, in which no usage is found. Both pass without a word. Seen:
#   as stated: chat: 2 events, 12 tokens in; embedding: 0 events; chat in an async function: 0 events
# Why it matters: a service for search has embeddings as its main cost, one on FastAPI has async functions, and both bill nothing.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check amberflo-metering-python==3.3.1 backoff==2.2.1 requests==2.34.2 openai==3.57.0
cat >check.py <<'EOF'
import asyncio
import sys

from metering.llms import meter_llm
from openai.types import CreateEmbeddingResponse
from openai.types.chat import ChatCompletion

message = {"role": "assistant", "content": "Hello"}
choice = {"index": 0, "finish_reason": "stop", "message": message}
usage = {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15}
chat = ChatCompletion.model_validate(
    {"id": "c", "object": "chat.completion", "created": 1, "model": "gpt-5", "choices": [choice], "usage": usage}
)
vector = {"object": "embedding", "index": 0, "embedding": [0.1, 0.2]}
embedding = CreateEmbeddingResponse.model_validate(
    {"object": "list", "data": [vector], "model": "text-embedding-3-small", "usage": {"prompt_tokens": 12, "total_tokens": 12}}
)


class Kept:
    def __init__(self):
        self.events = []

    def send(self, event):
        self.events.append(event)


def events_of(response):
    kept = Kept()
    meter_llm(metering_client=kept)(lambda customer_id: response)(customer_id="customer-1")
    return kept.events


def events_of_async(response):
    kept = Kept()

    @meter_llm(metering_client=kept)
    async def ask(customer_id):
        return response

    asyncio.run(ask(customer_id="customer-1"))
    return kept.events


of_chat = events_of(chat)
tokens = [event["meterValue"] for event in of_chat if event["meterApiName"] == "input_tokens"]
seen = (
    f"chat: {len(of_chat)} events, {sum(tokens)} tokens in; embedding: {len(events_of(embedding))} events; "
    f"chat in an async function: {len(events_of_async(chat))} events"
)
as_stated = seen == "chat: 2 events, 12 tokens in; embedding: 0 events; chat in an async function: 0 events"
print(f"{'as stated' if as_stated else 'CHANGED'}: {seen}")
sys.exit(0 if as_stated else 1)
EOF
venv/bin/python check.py
