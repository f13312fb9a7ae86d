import { X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { createCa, createLeaf, type TlsCertificate } from "./x509.ts";

const DAY = 86_400_000;

export type { TlsCertificate };

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
