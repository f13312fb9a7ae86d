import { X509Certificate } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import * as oauth from "oauth4webapi";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { trustingFetch } from "../../../support/fetch.ts";
import { call, startTestTenant } from "../../../support/local-tenant.ts";

describe("what the tenant says of itself", () => {
  let tenant: LocalTenant;
  beforeAll(async () => {
    tenant = await startTestTenant();
  });
  afterAll(() => tenant.close());

  const read = async (path: string) => (await call(tenant, path)).body;
  const publishedKids = async () =>
    ((await read("/.well-known/jwks.json")) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);

  test("every endpoint of the discovery document is under the issuer and answers", async () => {
    const document = (await read("/.well-known/openid-configuration")) as Record<string, string>;

    expect(document.issuer).toBe(`https://${tenant.domain}/`);
    const endpoints = Object.entries(document).filter(([name]) => /_(endpoint|uri)$/.test(name));
    expect(endpoints.length).toBeGreaterThanOrEqual(6);
    for (const [, url] of endpoints) {
      expect(url.startsWith(document.issuer!)).toBe(true);
      const path = new URL(url).pathname;
      const statuses = [(await call(tenant, path)).status, (await call(tenant, path, { method: "POST" })).status];
      expect(statuses.some((status) => status !== 404)).toBe(true);
    }
  });

  test("clients of OAuth find the same document where RFC 8414 has it", async () => {
    const fetch = trustingFetch(tenant) as unknown as (url: string) => Promise<Response>;
    const issuer = new URL(`https://${tenant.domain}/`);
    const response = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", [oauth.customFetch]: fetch });
    const server = await oauth.processDiscoveryResponse(issuer, response);
    expect(server).toEqual(await read("/.well-known/openid-configuration"));
  });

  test("the key set holds the current and the next key, each with a certificate that is of the key", async () => {
    const { keys } = (await read("/.well-known/jwks.json")) as { keys: Record<string, string | string[]>[] };

    expect(keys.map(({ kid }) => kid)).toEqual(tenant.tenant.signingKeys.records().map(({ kid }) => kid));
    for (const key of keys) {
      expect(Object.keys(key).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use", "x5c", "x5t"]);
      const certificate = new X509Certificate(Buffer.from(key.x5c![0]!, "base64"));
      expect(certificate.publicKey.export({ format: "jwk" })).toMatchObject({ n: key.n, e: key.e });
    }
  });

  test("a rotation makes the next key the current one and keeps the former published until it is revoked", async () => {
    const [current, next] = await publishedKids();
    await tenant.tenant.signingKeys.rotate();

    expect(tenant.tenant.signingKeys.current().kid).toBe(next);
    const after = await publishedKids();
    expect(after).toHaveLength(3);
    expect(after).toContain(current);

    tenant.tenant.signingKeys.revoke(current!);
    expect(await publishedKids()).toEqual(after.filter((kid) => kid !== current));
  });

  test("/pem is the certificate of the current key", async () => {
    const certificate = new X509Certificate(String(await read("/pem")));
    expect(certificate.raw.equals(tenant.tenant.signingKeys.current().certificate.raw)).toBe(true);
  });
});
