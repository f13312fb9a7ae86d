import { X509Certificate } from "node:crypto";
import { CommandError } from "../command.ts";
import { type Authority, readAuthority } from "../http/authority.ts";
import type { Environment } from "../tenant/read-environment.ts";

const DAY = 86_400_000;

/**
 * Of the authority that is trusted besides the public ones.
 *
 * @param now milliseconds
 * @throws {CommandError} DEPLOY_CA_UNREADABLE
 */
export async function describeAuthority(environment: Environment, now: number): Promise<string> {
  const authority = await readAuthority(environment, "tenant", "DEPLOY_CA_UNREADABLE");
  if (authority === undefined) {
    return "public authorities are trusted; for a tenant on this machine, AUTH0_CA_FILE names what npm run local prints";
  }
  const certificates = authority.pem.split("-----BEGIN CERTIFICATE-----").length - 1;
  // A bundle of many holds some that have ended, and is none the worse for it.
  if (certificates > 1) return `the ${certificates} authorities of ${authority.file} are trusted as well`;
  const days = Math.floor((parseEnd(authority) - now) / DAY);
  if (days < 0)
    throw unusable(`The certificate in ${authority.file} has ended: npm run local makes another of its own.`);
  return `${authority.file} is trusted as well, and ends in ${days} days`;
}

function parseEnd({ file, pem }: Authority): number {
  try {
    return Date.parse(new X509Certificate(pem).validTo);
  } catch (cause) {
    throw unusable(`${file} is not a certificate in PEM form. npm run local prints the name of its own.`, cause);
  }
}

const unusable = (message: string, cause?: unknown): CommandError =>
  new CommandError("DEPLOY_CA_UNREADABLE", message, { cause });
