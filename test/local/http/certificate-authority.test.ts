import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { type RequestOptions, request } from "node:https";
import { isIP } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkServerIdentity } from "node:tls";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Hono } from "hono";
import { ensureCertificateAuthority, ensureHostsAuthority } from "../../../local/http/certificate-authority.ts";
import { type ListenOptions, listen } from "../../../local/http/listen.ts";
import { createCa } from "../../../local/http/x509.ts";

type ClientOptions = Pick<RequestOptions, "ca" | "servername" | "checkServerIdentity">;

/** An address is not sent as the server's name; that the certificate is for it is checked all the same. */
const nameServer = (name: string): ClientOptions =>
  isIP(name) === 0
    ? { servername: name }
    : { servername: "", checkServerIdentity: (_host, peer) => checkServerIdentity(name, peer) };

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

  test("is made anew where one is kept that vouches for any name", async () => {
    const kept = await createCa({ name: "Local development authority", days: 3650, forThisMachine: false });
    writeFileSync(join(directory, "ca.crt"), kept.cert);
    writeFileSync(join(directory, "ca.key"), kept.key);
    const { ca } = await ensureCertificateAuthority(directory);
    expect(ca).not.toBe(kept.cert);
    const days = (Date.parse(new X509Certificate(ca).validTo) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(85);
    expect(days).toBeLessThan(91);
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
    const ca = hasCa ? { ca: readFileSync(authority.caFile) } : {};
    expect(await ask({ tls }, { servername, ...ca })).toBe(outcome);
  });

  test.each([
    ["localhost", 200],
    ["sub.localhost", 200],
    ["127.0.0.1", 200],
    ["::1", 200],
    ["api.stripe.com", "permitted subtree violation"],
    ["localhost.example.com", "permitted subtree violation"],
    ["127.0.0.2", "permitted subtree violation"],
    ["10.0.0.1", "permitted subtree violation"],
    ["::2", "permitted subtree violation"],
  ])("that people trust vouches for this machine alone: %s", async (name, outcome) => {
    const authority = await ensureCertificateAuthority(directory);
    const { ca } = authority;
    expect(await ask({ tls: await authority.issue("any", [name]) }, { ...nameServer(name), ca })).toBe(outcome);
  });

  test("of hosts that Actions call is another, whose certificate is shown to whoever asks for such a host", async () => {
    const [own, hosts] = [await ensureCertificateAuthority(directory), await ensureHostsAuthority(directory)];
    const names = { "api.example.com": await hosts.issue("api", ["api.example.com"]) };
    const server = { tls: await own.issue("tenant", ["localhost"]), names };
    expect(await ask(server, { servername: "api.example.com", ca: hosts.ca })).toBe(200);
    expect(await ask(server, { servername: "api.example.com", ca: own.ca })).toBe("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    expect(await ask(server, { servername: "localhost", ca: own.ca })).toBe(200);
  });

  /** What a client of such a server sees: a status, or why it trusts nobody. */
  async function ask(server: Pick<ListenOptions, "tls" | "names">, client: ClientOptions): Promise<unknown> {
    const listener = await listen(
      new Hono().get("/", (context) => context.text("hello")),
      server,
    );
    const seen = await new Promise((resolve) => {
      request({ host: "127.0.0.1", port: listener.port, agent: false, ...client }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", (error: NodeJS.ErrnoException) =>
          resolve(error.code === "UNSPECIFIED" ? error.message : error.code),
        )
        .end();
    });
    await listener.close();
    return seen;
  }
});
