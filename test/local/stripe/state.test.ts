import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { readHeaders, startTestStripe } from "../../support/stripe.ts";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "local-stripe-"));
});

afterEach(() => rmSync(directory, { recursive: true }));

test("what was answered survives a restart: account, keys, customers, deletions and idempotency keys", async () => {
  const stateFile = join(directory, "stripe.jsonl");
  const before = await startTestStripe({ stateFile });
  const { secret } = before.local.keys.create(["rak_customer_write"]);
  const kept = await before.client.customers.create({ email: "a@example.org" }, { idempotencyKey: "k" });
  const gone = await before.client.customers.create({ email: "b@example.org" });
  await before.client.customers.del(gone.id);
  await before.close();

  const after = await startTestStripe({ stateFile });
  const client = after.clientWith(secret);
  expect(after.local.accountId).toBe(before.local.accountId);
  await expect(client.customers.retrieve(kept.id)).resolves.toEqual(kept);
  await expect(client.customers.retrieve(gone.id)).resolves.toMatchObject({ deleted: true });
  const replay = await client.customers.create({ email: "a@example.org" }, { idempotencyKey: "k" });
  expect(readHeaders(replay)).toMatchObject({ "idempotent-replayed": "true" });
  // Written long ago, as far as search is concerned.
  await expect(client.customers.search({ query: "email:'a@example.org'" })).resolves.toMatchObject({ data: [kept] });
  await after.close();
});

test("idempotency keys that are forgotten leave the saved state at the next start", async () => {
  const stateFile = join(directory, "stripe.jsonl");
  const before = await startTestStripe({ stateFile });
  await before.client.customers.create({}, { idempotencyKey: "yesterday" });
  await before.close();
  const clock = () => before.clock.now() + 24 * 60 * 60 * 1000;
  for (const _start of [1, 2]) await (await startTestStripe({ stateFile, clock })).close();
  expect(readFileSync(stateFile, "utf8")).not.toContain("yesterday");
});

test("without a file nothing is kept", async () => {
  const first = await startTestStripe();
  await first.client.customers.create();
  await first.close();
  const second = await startTestStripe();
  expect(second.local.customers.size).toBe(0);
  expect(second.local.accountId).not.toBe(first.local.accountId);
  await second.close();
});
