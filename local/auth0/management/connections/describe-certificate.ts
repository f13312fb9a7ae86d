import { X509Certificate } from "node:crypto";

const PEM = "-----BEGIN CERTIFICATE-----";
/** What Auth0 calls the parts of a subject. */
const PARTS: Readonly<Record<string, string>> = {
  C: "countryName",
  ST: "stateOrProvinceName",
  L: "localityName",
  O: "organizationName",
  OU: "organizationalUnitName",
  CN: "commonName",
};

/** What the options of a connection say of a provider's certificate, a PEM or that in Base64; undefined for what is none. */
export function describeCertificate(given: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof given !== "string") return undefined;
  const cert = given.includes(PEM) ? given : Buffer.from(given, "base64").toString();
  const certificate = parse(cert);
  if (certificate === undefined) return undefined;
  return {
    cert,
    expires: new Date(certificate.validTo).toISOString(),
    subject: Object.fromEntries(certificate.subject.split("\n").map(readPart)),
    thumbprints: [certificate.fingerprint.replaceAll(":", "").toLowerCase()],
  };
}

function parse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function readPart(line: string): readonly [string, string] {
  const [name = "", ...value] = line.split("=");
  return [PARTS[name] ?? name, value.join("=")];
}
