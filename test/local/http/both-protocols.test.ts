import { connect } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import Stripe from "stripe";
import { ensureCertificateAuthority } from "../../../local/http/certificate-authority.ts";
import { type ListeningStripe, startLocalStripe } from "../../../local/stripe/start.ts";
import { createFetch } from "../../../scripts/http/trusting-fetch.ts";
import { localDirectory } from "../../support/local-tenant.ts";

/** As `npm run local` has it: https for SDKs, and plain http on the same port, which is all that the Stripe CLI takes on loopback. */
let stripe: ListeningStripe;
let secure: Stripe;
let plain: Stripe;
const authority = ensureCertificateAuthority(join(localDirectory, "tls"));
const certificate = authority.then(({ issue }) => issue("stripe", ["localhost"]));
const start = async (options: { keys?: { secret: string }[] } = {}) =>
  startLocalStripe({ tls: await certificate, alsoPlain: true, ...options });
beforeEach(async () => {
  const secret = "sk_test_both";
  stripe = await start({ keys: [{ secret }] });
  const options = { port: stripe.port, telemetry: false, maxNetworkRetries: 0 };
  const httpClient = Stripe.createFetchHttpClient(createFetch((await authority).ca));
  secure = new Stripe(secret, { ...options, host: "localhost", httpClient });
  plain = new Stripe(secret, { ...options, host: "127.0.0.1", protocol: "http" });
});
afterEach(() => stripe.close());

test("what is written by one can be read by the other, with large bodies both ways", async () => {
  const metadata = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key${index}`, "x".repeat(500)]));
  const customers = await Promise.all(
    [secure, plain, secure, plain].map((client) => client.customers.create({ metadata })),
  );
  for (const { id } of customers) {
    const both = await Promise.all([secure, plain].map((client) => client.customers.retrieve(id)));
    expect(both).toEqual([expect.objectContaining({ metadata }), expect.objectContaining({ metadata })]);
  }
  expect(stripe.url).toBe(`https://localhost:${stripe.port}`);
});

test("it closes at once although clients keep their connections", async () => {
  const other = await start({ keys: [{ secret: "sk_test_both" }] });
  const https = createFetch((await authority).ca);
  await Promise.all([https(`${other.url}/v1/customers`), fetch(`http://127.0.0.1:${other.port}/v1/customers`)]);
  const before = performance.now();
  await other.close();
  // Node keeps an idle connection for five seconds.
  expect(performance.now() - before).toBeLessThan(2_000);
});

test("it closes although somebody has connected and said nothing", async () => {
  const other = await start();
  const silent = connect(other.port, "127.0.0.1");
  await new Promise((resolve) => silent.once("connect", resolve));
  const ended = new Promise((resolve) => silent.once("close", resolve));
  await other.close();
  await ended;
});

test("what speaks neither is cut off, and the others go on", async () => {
  const stranger = connect(stripe.port, "127.0.0.1");
  stranger.write(Buffer.from([0x00, 0xff, 0x0a, 0x0a]));
  await new Promise((resolve) => stranger.resume().once("close", resolve));
  await expect(plain.customers.list()).resolves.toMatchObject({ data: [] });
});
