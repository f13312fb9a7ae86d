import { X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { type Authority, createCa, createLeaf, type TlsCertificate } from "./x509.ts";

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

/** People and programs trust this one, so it can vouch for this machine alone, and not for long. */
const LOCAL: Authority = { name: "Local development authority for localhost", days: 90, forThisMachine: true };

/** Vouches for any name. Nobody is asked to trust it. */
const HOSTS: Authority = { name: "Authority for the hosts that Actions call", days: 3650, forThisMachine: false };

/**
 * The certificate authority of this machine's local servers, made once in `directory` and anew a week before it ends. Its key never
 * leaves the directory and is readable by its owner only; by its name constraints it is worth nothing for other hosts.
 * Elliptic keys: an RSA pair would take longer to make than everything else at the first start.
 */
export function ensureCertificateAuthority(directory: string): Promise<CertificateAuthority> {
  return ensureAuthority(directory, LOCAL);
}

/**
 * The authority for public names that lead to this machine, as api.stripe.com for Actions. Only the processes that such names are
 * mapped for know it.
 *
 * @param directory that of ensureCertificateAuthority; it has a folder of its own in it
 */
export function ensureHostsAuthority(directory: string): Promise<CertificateAuthority> {
  return ensureAuthority(join(directory, "hosts"), HOSTS);
}

async function ensureAuthority(directory: string, authority: Authority): Promise<CertificateAuthority> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const caFile = join(directory, "ca.crt");
  const keyFile = join(directory, "ca.key");
  if (!existsSync(keyFile) || !isOf(caFile, authority)) {
    const { cert, key } = await createCa(authority);
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

/** Another version of this tool may have left one that vouches for more. */
function isOf(caFile: string, { name }: Authority): boolean {
  if (!existsSync(caFile)) return false;
  const cert = readFileSync(caFile, "utf8");
  return new X509Certificate(cert).subject.split("\n").includes(`CN=${name}`) && !endsWithin(cert, 7 * DAY);
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
