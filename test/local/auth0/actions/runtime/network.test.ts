import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ensureCertificateAuthority } from "../../../../../local/http/certificate-authority.ts";
import { type ListeningStripe, startLocalStripe } from "../../../../../local/stripe/start.ts";
import { localDirectory } from "../../../../support/local-tenant.ts";
import {
  completed,
  handler,
  outputs,
  startTenantWithActions,
  type TenantWithActions,
} from "../../../../support/tenant-with-actions.ts";

const SECRET = "sk_test_0123456789abcdef";
let stripe: ListeningStripe;
let actions: TenantWithActions;
beforeAll(async () => {
  const authority = await ensureCertificateAuthority(join(localDirectory, "tls"));
  const tls = await authority.issue("stripe", ["api.stripe.com"]);
  stripe = await startLocalStripe({ tls, keys: [{ secret: SECRET }] });
  const { ca } = authority;
  actions = await startTenantWithActions({ hosts: { "api.stripe.com": { host: "127.0.0.1", port: stripe.port, ca } } });
});
afterAll(async () => {
  await actions.close();
  await stripe.close();
});

test("the real SDK in an Action reaches the local Stripe under Stripe's own name", async () => {
  actions.bind({
    ...handler(`
      const Stripe = require("stripe");
      const stripe = new Stripe(event.secrets.STRIPE_SECRET_KEY, { telemetry: false });
      const customer = await stripe.customers.create({ email: event.user.email });
      api.user.setAppMetadata("stripe_customer_id", customer.id);
      console.log(customer.object);`),
    dependencies: [{ name: "stripe", version: "23.1.0" }],
    secrets: { STRIPE_SECRET_KEY: SECRET },
  });
  expect(outputs(completed(await actions.login()))).toEqual(["customer\n"]);
  const customers = stripe.customers.values();
  expect(customers).toHaveLength(1);
  expect(actions.readUser()?.app_metadata).toEqual({ stripe_customer_id: customers[0]!.id });
});

test.each(["fetch(url)", `new Promise((resolve, reject) => require("https").get(url, resolve).on("error", reject))`])(
  "%s reaches the mapped host, and only that",
  async (call) => {
    actions.bind(`const url = "https://api.stripe.com/v1/customers"; const answer = await ${call};
      console.log(answer.status ?? answer.statusCode)`);
    expect(outputs(completed(await actions.login()))).toEqual(["401\n"]);
    actions.bind(`const url = "https://files.stripe.com/"; await ${call}`);
    expect(await actions.login()).toMatchObject({ kind: "failed" });
  },
);
