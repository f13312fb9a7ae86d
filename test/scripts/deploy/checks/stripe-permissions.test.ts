import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
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
      await expect(ask(key)).resolves.toEqual([
        {
          severity: "error",
          code: "STRIPE_KEY_REFUSED",
          message: expect.stringMatching(
            /^Stripe does not accept STRIPE_SECRET_KEY: it was revoked, has expired or was mistyped\. Make one: https:\/\/dashboard\.stripe\.com\//,
          ),
        },
      ]);
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

  test("where nobody answers it asks once more what may be asked twice, says that it does not know, and stops nothing", async () => {
    const asked: (string | undefined)[] = [];
    const silent = createServer(({ method, socket }) => {
      asked.push(method);
      socket.destroy();
    });
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    try {
      await expect(ask("rk_test_abc", `http://127.0.0.1:${(silent.address() as AddressInfo).port}`)).resolves.toEqual([
        {
          severity: "warning",
          code: "STRIPE_NOT_CHECKED",
          message: "Stripe did not answer, so it is not known whether the key may do what sync-stripe-customer needs.",
        },
      ]);
    } finally {
      await new Promise((resolve) => silent.close(resolve));
    }
    expect(asked.sort()).toEqual(["GET", "GET", "POST"]);
  });

  test("an answer that means nothing is not taken for a yes", async () => {
    const secret = keyThatMay("rak_customer_write");
    stripe.faults.add({ kind: "html-502", path: "/v1/customers/:id", times: 4 });
    await expect(ask(secret)).resolves.toEqual([
      {
        severity: "warning",
        code: "STRIPE_NOT_CHECKED",
        message: "Stripe answered 502, so it is not known whether the key may do what sync-stripe-customer needs.",
      },
    ]);
    stripe.faults.clear();
  });

  test("what cannot be a key is not sent anywhere", async () => {
    const before = stripe.log.entries().length;
    await expect(ask("pk_test_abc")).resolves.toEqual([]);
    expect(stripe.log.entries()).toHaveLength(before);
  });

  test("--skip-stripe-check sends nothing, and says so", async () => {
    const before = stripe.log.entries().length;
    const findings = await checkConfiguration(
      makeContext({ skipStripeCheck: true, environment: { STRIPE_API_URL: stripe.url } }),
    );
    expect(findings).toEqual([
      {
        severity: "warning",
        code: "STRIPE_NOT_CHECKED",
        message: "Stripe was not asked what the key may do (--skip-stripe-check).",
      },
    ]);
    expect(stripe.log.entries()).toHaveLength(before);
  });

  test("of a tenant that is not on this machine, Stripe itself is asked, with the key and without a body", async () => {
    const asked: unknown[] = [];
    const fetching = jest.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
      asked.push([init?.method, url, new Headers(init?.headers).get("authorization"), init?.body]);
      return new Response("{}", {
        status: init?.method === "POST" ? 404 : String(url).includes("charges") ? 403 : 200,
      });
    });
    const added = { "require-subscription": { API_IDENTIFIER: "https://api.example/", STRIPE_SECRET_KEY: "" } };
    try {
      await expect(
        checkStripePermissions(
          makeContext({ settings: { STRIPE_SECRET_KEY: "rk_test_abc" }, domain: "example.eu.auth0.com", added }),
        ),
      ).resolves.toMatchObject([{ code: "STRIPE_KEY_TOO_BROAD" }]);
    } finally {
      fetching.mockRestore();
    }
    expect(asked).toEqual([
      ["GET", "https://api.stripe.com/v1/customers?limit=1", "Bearer rk_test_abc", undefined],
      ["POST", "https://api.stripe.com/v1/customers/nowaythiscanexist", "Bearer rk_test_abc", undefined],
      ["GET", "https://api.stripe.com/v1/subscriptions?limit=1", "Bearer rk_test_abc", undefined],
      ["GET", "https://api.stripe.com/v1/products?limit=1", "Bearer rk_test_abc", undefined],
      ["GET", "https://api.stripe.com/v1/balance", "Bearer rk_test_abc", undefined],
      ["GET", "https://api.stripe.com/v1/charges?limit=1", "Bearer rk_test_abc", undefined],
    ]);
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
