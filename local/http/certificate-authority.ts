import { type webcrypto, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";

const DAY = 86_400_000;
const EC = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

export interface TlsCertificate {
  /** PEM. */
  readonly cert: string;
  /** PEM, PKCS #8. */
  readonly key: string;
}

export interface CertificateAuthority {
  /** Path of the authority's certificate (PEM): what NODE_EXTRA_CA_CERTS, a browser or a gateway is given to trust. */
  readonly caFile: string;
  /** The authority's certificate, PEM. */
  readonly ca: string;
  /** A server certificate for these names, made once and kept; made anew a week before it ends. */
  issue(name: string, hosts: readonly string[]): Promise<TlsCertificate>;
}

/**
 * The certificate authority of this machine's local servers, made once in `directory`. Its key never leaves the
 * directory and is readable by its owner only; whoever imports the certificate into a browser should know that.
 * Elliptic keys: an RSA pair would take longer to make than everything else at the first start.
 */
export async function ensureCertificateAuthority(directory: string): Promise<CertificateAuthority> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const caFile = join(directory, "ca.crt");
  const keyFile = join(directory, "ca.key");
  if (!existsSync(caFile) || !existsSync(keyFile) || endsWithin(readFileSync(caFile, "utf8"), 30 * DAY)) {
    const { cert, key } = await createCa();
    writeFileSync(keyFile, key, { mode: 0o600 });
    writeFileSync(caFile, cert);
  }
  const ca = readFileSync(caFile, "utf8");

  return {
    caFile,
    ca,
    async issue(name, hosts) {
      const certFile = join(directory, `${name}.crt`);
      const ownKeyFile = join(directory, `${name}.key`);
      if (existsSync(certFile) && existsSync(ownKeyFile)) {
        const kept = readFileSync(certFile, "utf8");
        if (!endsWithin(kept, 7 * DAY) && isFor(kept, ca, hosts))
          return { cert: kept, key: readFileSync(ownKeyFile, "utf8") };
      }
      const made = await createLeaf({ cert: ca, key: readFileSync(keyFile, "utf8") }, hosts);
      writeFileSync(ownKeyFile, made.key, { mode: 0o600 });
      writeFileSync(certFile, made.cert);
      return made;
    },
  };
}

function endsWithin(pem: string, milliseconds: number): boolean {
  return Date.parse(new X509Certificate(pem).validTo) - Date.now() < milliseconds;
}

function isFor(pem: string, ca: string, hosts: readonly string[]): boolean {
  const certificate = new X509Certificate(pem);
  const matches = (host: string) =>
    (isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host)) !== undefined;
  return certificate.verify(new X509Certificate(ca).publicKey) && hosts.every(matches);
}

/** Loaded only to make certificates, once: @peculiar/x509 needs the reflect polyfill in place before it. */
async function loadX509(): Promise<typeof import("@peculiar/x509")> {
  await import("reflect-metadata");
  return import("@peculiar/x509");
}

async function createCa(): Promise<TlsCertificate> {
  const x509 = await loadX509();
  const keys = await crypto.subtle.generateKey(EC, true, ["sign", "verify"]);
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: randomSerial(),
    name: "CN=Local development authority, O=auth0-stripe-actions",
    notBefore: new Date(now - DAY),
    notAfter: new Date(now + 3650 * DAY),
    keys,
    signingAlgorithm: EC,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: `${certificate.toString("pem")}\n`, key: await exportKey(keys.privateKey) };
}

async function createLeaf(issuer: TlsCertificate, hosts: readonly string[]): Promise<TlsCertificate> {
  const x509 = await loadX509();
  const keys = await crypto.subtle.generateKey(EC, true, ["sign", "verify"]);
  const issuerKey = await crypto.subtle.importKey("pkcs8", pemBody(issuer.key), EC, false, ["sign"]);
  const issuerCertificate = new x509.X509Certificate(issuer.cert);
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: randomSerial(),
    issuer: issuerCertificate.subject,
    subject: `CN=${hosts[0] ?? "localhost"}`,
    notBefore: new Date(now - DAY),
    // Browsers refuse server certificates that live longer than 398 days.
    notAfter: new Date(now + 397 * DAY),
    publicKey: keys.publicKey,
    signingKey: issuerKey,
    signingAlgorithm: EC,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(hosts.map((value) => ({ type: isIP(value) ? "ip" : "dns", value }))),
      await x509.AuthorityKeyIdentifierExtension.create(issuerCertificate.publicKey),
    ],
  });
  return { cert: `${certificate.toString("pem")}\n`, key: await exportKey(keys.privateKey) };
}

function randomSerial(): string {
  // The first bit stays clear: a serial number is a positive integer (RFC 5280 §4.1.2.2).
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x01;
  return Buffer.from(bytes).toString("hex");
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  const body = Buffer.from(await crypto.subtle.exportKey("pkcs8", key)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${body.match(/.{1,64}/g)?.join("\n")}\n-----END PRIVATE KEY-----\n`;
}

function pemBody(pem: string): Buffer {
  return Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ""), "base64");
}
