import type { webcrypto } from "node:crypto";
import { isIP } from "node:net";

const DAY = 86_400_000;
const EC = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const RSA = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

export interface TlsCertificate {
  /** PEM. */
  readonly cert: string;
  /** PEM, PKCS #8. */
  readonly key: string;
}

/** Loaded only to make certificates, once: @peculiar/x509 needs the reflect polyfill in place before it. */
async function loadX509(): Promise<typeof import("@peculiar/x509")> {
  await import("reflect-metadata");
  return import("@peculiar/x509");
}

/** What an authority may vouch for. */
export interface Authority {
  /** The common name of its certificate. */
  readonly name: string;
  readonly days: number;
  /** No program that trusts it takes its word for anything but localhost, 127.0.0.1 and ::1. */
  readonly forThisMachine: boolean;
}

export async function createCa({ name, days, forThisMachine }: Authority): Promise<TlsCertificate> {
  const x509 = await loadX509();
  const keys = await crypto.subtle.generateKey(EC, true, ["sign", "verify"]);
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: randomSerial(),
    name: `CN=${name}, O=auth0-stripe-actions`,
    notBefore: new Date(now - DAY),
    notAfter: new Date(now + days * DAY),
    keys,
    signingAlgorithm: EC,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ...(forThisMachine ? [new x509.Extension(NAME_CONSTRAINTS, true, NAMES_OF_THIS_MACHINE)] : []),
    ],
  });
  return { cert: `${certificate.toString("pem")}\n`, key: await exportKey(keys.privateKey) };
}

const NAME_CONSTRAINTS = "2.5.29.30";
/** DER, with lengths under 128 bytes. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, content.length]), content]);
}
/** permittedSubtrees (RFC 5280 §4.2.1.10): a dNSName, and iPAddresses with their masks. */
const NAMES_OF_THIS_MACHINE = der(
  0x30,
  der(
    0xa0,
    der(0x30, der(0x82, Buffer.from("localhost"))),
    der(0x30, der(0x87, Buffer.from([127, 0, 0, 1, 255, 255, 255, 255]))),
    der(0x30, der(0x87, Buffer.from([...Array(15).fill(0), 1, ...Array(16).fill(255)]))),
  ),
);

export async function createLeaf(issuer: TlsCertificate, hosts: readonly string[]): Promise<TlsCertificate> {
  const x509 = await loadX509();
  const keys = await crypto.subtle.generateKey(EC, true, ["sign", "verify"]);
  const issuerKey = await crypto.subtle.importKey("pkcs8", pemBody(issuer.key), EC, false, ["sign"]);
  const issuerCertificate = new x509.X509Certificate(issuer.cert);
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: randomSerial(),
    issuer: issuerCertificate.subject,
    // Not a host's name: OpenSSL holds one against the issuer's name constraints, addresses too.
    subject: "CN=Server on this machine, O=auth0-stripe-actions",
    notBefore: new Date(now - DAY),
    // Browsers refuse server certificates that live longer than 398 days; beyond its issuer none is worth anything.
    notAfter: new Date(Math.min(now + 397 * DAY, issuerCertificate.notAfter.getTime())),
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

/** An RSA-2048 pair with a self-signed certificate, as Auth0 shows a tenant's signing keys. */
export async function createSelfSignedRsa(commonName: string): Promise<TlsCertificate> {
  const x509 = await loadX509();
  const keys = await crypto.subtle.generateKey(RSA, true, ["sign", "verify"]);
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: randomSerial(),
    name: `CN=${commonName}`,
    notBefore: new Date(now - DAY),
    notAfter: new Date(now + 5000 * DAY),
    keys,
    signingAlgorithm: RSA,
  });
  return { cert: `${certificate.toString("pem")}\n`, key: await exportKey(keys.privateKey) };
}

/** A certificate in a PKCS #7 envelope (RFC 5652 §5, without a signer), PEM. */
export async function wrapInPkcs7(certificate: string): Promise<string> {
  const x509 = await loadX509();
  const envelope = Buffer.from(new x509.X509Certificates([new x509.X509Certificate(certificate)]).export("raw"));
  const body = envelope.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN PKCS7-----\n${body.join("\n")}\n-----END PKCS7-----\n`;
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
