import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ensureCertificateAuthority } from "../../../../local/http/certificate-authority.ts";
import type { Permission } from "../../../../local/stripe/keys.ts";
import { type ListeningStripe, startLocalStripe } from "../../../../local/stripe/start.ts";
import { checkConfiguration } from "../../../../scripts/deploy/checks/check-configuration.ts";
import { checkStripePermissions } from "../../../../scripts/deploy/checks/stripe-permissions.ts";
import { localDirectory } from "../../../support/local-tenant.ts";
import { makeContext } from "./context.ts";

describe("what the Stripe key may do", () => {
  let stripe: ListeningStripe;
  beforeAll(async () => {
    stripe = await startLocalStripe();
  });
  afterAll(() => stripe.close());

  const ask = (secret: string, base = stripe.url) =>
    checkStripePermissions(
      makeContext({ settings: { STRIPE_SECRET_KEY: secret }, environment: { STRIPE_API_URL: base } }),
    );
  const keyThatMay = (...permissions: Permission[]) => stripe.keys.create(permissions).secret;

  test("a key that may write customers passes, and no customer was made by asking", async () => {
    await expect(ask(keyThatMay("rak_customer_write"))).resolves.toEqual([]);
    expect(stripe.customers.values()).toEqual([]);
    const asked = stripe.log.entries().map(({ method, route }) => `${method} ${route}`);
    expect(asked).toContain("POST /v1/customers/:id");
    expect(asked).not.toContain("POST /v1/customers");
  });

  test.each<[string, readonly Permission[], string]>([
    ["only read customers", ["rak_customer_read"], "rak_customer_write"],
    ["do nothing", [], "rak_customer_read"],
    ["do something else", ["rak_product_write"], "rak_customer_read"],
  ])("a key that may %s is refused, naming the permission", async (_name, permissions, missing) => {
    const secret = keyThatMay(...permissions);
    const findings = await ask(secret);
    expect(findings).toMatchObject([{ severity: "error", code: "STRIPE_PERMISSION_MISSING" }]);
    expect(findings[0]?.message).toContain(missing);
    expect(findings[0]?.message).not.toContain(secret.slice(-4));
  });

  test("a key that Stripe does not know is refused, and a revoked one", async () => {
    const secret = keyThatMay("rak_customer_write");
    stripe.keys.revoke(secret);
    for (const key of [secret, "rk_test_never_made"]) {
      await expect(ask(key)).resolves.toMatchObject([{ severity: "error", code: "STRIPE_KEY_REFUSED" }]);
    }
  });

  test("one behind the local authority's certificate is asked as well, where that authority is named", async () => {
    const authority = await ensureCertificateAuthority(join(localDirectory, "tls"));
    const tls = await authority.issue("tenant", ["localhost", "127.0.0.1"]);
    const secure = await startLocalStripe({ tls });
    const context = makeContext({
      settings: { STRIPE_SECRET_KEY: secure.keys.create(["rak_customer_read"]).secret },
      environment: { STRIPE_API_URL: secure.url },
    });
    try {
      await expect(checkStripePermissions(context)).resolves.toMatchObject([{ code: "STRIPE_NOT_CHECKED" }]);
      const ca = readFileSync(authority.caFile, "utf8");
      await expect(checkStripePermissions({ ...context, ca })).resolves.toMatchObject([
        { code: "STRIPE_PERMISSION_MISSING" },
      ]);
    } finally {
      await secure.close();
    }
  });

  test("where nobody answers it says that it does not know, and stops nothing", async () => {
    await expect(ask("rk_test_abc", "http://localhost:1")).resolves.toMatchObject([
      { severity: "warning", code: "STRIPE_NOT_CHECKED" },
    ]);
  });

  test("an answer that means nothing is not taken for a yes", async () => {
    const secret = keyThatMay("rak_customer_write");
    stripe.faults.add({ kind: "html-502", path: "/v1/customers/:id", times: 4 });
    await expect(ask(secret)).resolves.toMatchObject([{ severity: "warning", code: "STRIPE_NOT_CHECKED" }]);
    stripe.faults.clear();
  });

  test("--skip-stripe-check sends nothing, and says so", async () => {
    const before = stripe.log.entries().length;
    const findings = await checkConfiguration(
      makeContext({ skipStripeCheck: true, environment: { STRIPE_API_URL: stripe.url } }),
    );
    expect(findings).toMatchObject([{ severity: "warning", code: "STRIPE_NOT_CHECKED" }]);
    expect(stripe.log.entries()).toHaveLength(before);
  });

  describe("at a Stripe that has more than customers", () => {
    let wide: Server;
    const allowed = new Set<string>();
    beforeAll(async () => {
      wide = createServer(({ method, url = "" }, response) => {
        const { pathname } = new URL(url, "http://localhost");
        const status = pathname.startsWith("/v1/customers") ? (method === "POST" ? 404 : 200) : 403;
        response.writeHead(allowed.has(pathname) ? 200 : status, { "content-type": "application/json" }).end("{}");
      });
      await new Promise<void>((resolve) => wide.listen(0, "127.0.0.1", resolve));
    });
    afterAll(() => new Promise((resolve) => wide.close(resolve)));
    const base = () => `http://127.0.0.1:${(wide.address() as AddressInfo).port}`;

    test.each<[string, readonly string[], RegExp | undefined]>([
      ["customers and nothing else", [], undefined],
      ["the balance too", ["/v1/balance"], /read the account's balance\./],
      ["charges and the balance too", ["/v1/charges", "/v1/balance"], /balance and read charges/],
    ])("a key for %s is warned of by what it need not have", async (_name, paths, message) => {
      allowed.clear();
      for (const path of paths) allowed.add(path);
      const findings = await ask("rk_test_abc", base());
      expect(findings.map(({ severity, code }) => [severity, code])).toEqual(
        message === undefined ? [] : [["warning", "STRIPE_KEY_TOO_BROAD"]],
      );
      if (message !== undefined) expect(findings[0]?.message).toMatch(message);
    });
  });
});
