import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import { decodeProtectedHeader } from "jose";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

/** Of these tests alone: rotating makes keys, and the others share theirs. A tenant takes what a former one made before it makes more. */
const directory = mkdtempSync(join(tmpdir(), "tenant-"));
let tenant: LocalTenant;
let sdk: ManagementClient;
beforeEach(async () => {
  tenant = await startTestTenant({ directory });
  sdk = createManagementClient(tenant);
});
afterEach(() => tenant.close());
afterAll(() => rmSync(directory, { recursive: true }));

const byRole = async () => {
  const keys = await sdk.keys.signing.list();
  const kids = (role: "current" | "next" | "previous") => keys.filter((key) => key[role]).map(({ kid }) => kid);
  return { current: kids("current"), next: kids("next"), previous: kids("previous") };
};

test("a tenant has one current and one next key, with certificates that can be read", async () => {
  const keys = await sdk.keys.signing.list();
  expect(keys.map(({ current, next, revoked }) => ({ current, next, revoked }))).toEqual([
    { current: true, next: false, revoked: false },
    { current: false, next: true, revoked: false },
  ]);
  for (const { kid, cert, pkcs7, fingerprint, thumbprint } of keys) {
    expect(kid).toMatch(/^[A-Za-z0-9_-]{21}$/);
    expect(cert).toMatch(/^-----BEGIN CERTIFICATE-----\r\n/);
    expect(new X509Certificate(cert).fingerprint).toBe(fingerprint);
    expect(thumbprint).toBe(fingerprint.replaceAll(":", ""));
    expect(pkcs7).toMatch(/^-----BEGIN PKCS7-----\r\n[\s\S]+-----END PKCS7-----\r\n$/);
    expect(await sdk.keys.signing.get(kid)).toMatchObject({ kid, cert });
  }
});

test("the PKCS #7 envelope holds the certificate", async () => {
  const [key] = await sdk.keys.signing.list();
  const envelope = Buffer.from((key?.pkcs7 ?? "").replace(/-----[^-]+-----|\s/g, ""), "base64");
  expect(envelope.includes(new X509Certificate(key?.cert ?? "").raw)).toBe(true);
});

test("rotating makes the next key the current one, and it signs", async () => {
  const before = await byRole();
  const { kid } = await sdk.keys.signing.rotate();
  const after = await byRole();

  expect([kid]).toEqual(before.next);
  expect(after).toMatchObject({ current: before.next, previous: before.current });
  expect(after.next).not.toEqual(before.next);
  expect(decodeProtectedHeader(await managementToken(tenant)).kid).toBe(kid);
});

test("a token of a previous key holds until that key is revoked", async () => {
  const token = await managementToken(tenant);
  const status = async () => (await call(tenant, "/api/v2/clients", { token })).status;
  const { current } = await byRole();
  await sdk.keys.signing.rotate();
  await sdk.keys.signing.rotate();
  expect(await status()).toBe(200);

  await createManagementClient(tenant).keys.signing.revoke(current[0] ?? "");
  expect(await status()).toBe(401);
});

test("a revoked key stays revoked, however often keys are rotated", async () => {
  const revoked = (await byRole()).current[0] ?? "";
  await sdk.keys.signing.rotate();
  sdk = createManagementClient(tenant);
  await sdk.keys.signing.revoke(revoked);
  for (let count = 0; count < 3; count += 1) await sdk.keys.signing.rotate();

  expect(await sdk.keys.signing.get(revoked)).toMatchObject({ revoked: true, revoked_at: expect.any(String) });
  const { current, next } = await byRole();
  expect([...current, ...next]).not.toContain(revoked);
});

test.each(["current", "next"] as const)("the %s key cannot be revoked: the tenant needs it", async (role) => {
  const kid = (await byRole())[role][0] ?? "";
  await expect(sdk.keys.signing.revoke(kid)).rejects.toMatchObject({ statusCode: 400 });
});

test("a key that is not there is not found", async () => {
  await expect(sdk.keys.signing.get("unknown")).rejects.toMatchObject({ statusCode: 404 });
});
