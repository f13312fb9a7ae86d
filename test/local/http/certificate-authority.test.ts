import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Hono } from "hono";
import { ensureCertificateAuthority } from "../../../local/http/certificate-authority.ts";
import { listen } from "../../../local/http/listen.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "authority-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe("the certificate authority", () => {
  test("is made once: its certificate stays the same", async () => {
    const first = await ensureCertificateAuthority(directory);
    const second = await ensureCertificateAuthority(directory);
    expect(second.ca).toBe(first.ca);
    expect(second.caFile).toBe(first.caFile);
  });

  test("keeps its key and the servers' keys to their owner", async () => {
    const authority = await ensureCertificateAuthority(directory);
    await authority.issue("tenant", ["localhost"]);
    for (const file of ["ca.key", "tenant.key"]) expect(statSync(join(directory, file)).mode & 0o077).toBe(0);
  });

  test("issues certificates that carry its signature, the names asked for, and elliptic keys", async () => {
    const authority = await ensureCertificateAuthority(directory);
    const { cert } = await authority.issue("tenant", ["localhost", "127.0.0.1"]);
    const certificate = new X509Certificate(cert);
    expect(certificate.verify(new X509Certificate(authority.ca).publicKey)).toBe(true);
    expect(certificate.subjectAltName).toBe("DNS:localhost, IP Address:127.0.0.1");
    expect(certificate.publicKey.asymmetricKeyType).toBe("ec");
    expect(certificate.ca).toBe(false);
  });

  test("gives the same certificate again, and another when it must be for other names", async () => {
    const authority = await ensureCertificateAuthority(directory);
    const first = await authority.issue("tenant", ["localhost"]);
    expect(await authority.issue("tenant", ["localhost"])).toEqual(first);
    const wider = await authority.issue("tenant", ["localhost", "api.test"]);
    expect(wider.cert).not.toBe(first.cert);
    expect(new X509Certificate(wider.cert).checkHost("api.test")).toBe("api.test");
  });

  test("issues anew when the authority itself is another", async () => {
    const { cert } = await (await ensureCertificateAuthority(directory)).issue("tenant", ["localhost"]);
    rmSync(join(directory, "ca.crt"));
    const fresh = await ensureCertificateAuthority(directory);
    const reissued = await fresh.issue("tenant", ["localhost"]);
    expect(reissued.cert).not.toBe(cert);
    expect(new X509Certificate(reissued.cert).verify(new X509Certificate(fresh.ca).publicKey)).toBe(true);
  });

  test.each([
    ["is trusted by who has its certificate", true, "localhost", 200],
    ["is not trusted by anybody else", false, "localhost", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    ["does not stand for a name it was not made for", true, "elsewhere.test", "ERR_TLS_CERT_ALTNAME_INVALID"],
  ])("a server with such a certificate %s", async (_name, hasCa, servername, outcome) => {
    const authority = await ensureCertificateAuthority(directory);
    const tls = await authority.issue("tenant", ["localhost"]);
    const listener = await listen(
      new Hono().get("/", (context) => context.text("hello")),
      { tls },
    );
    const ca = hasCa ? { ca: readFileSync(authority.caFile) } : {};
    const seen = await new Promise((resolve) => {
      request({ host: "127.0.0.1", port: listener.port, servername, agent: false, ...ca }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", (error: NodeJS.ErrnoException) => resolve(error.code))
        .end();
    });
    await listener.close();
    expect(seen).toBe(outcome);
  });
});
