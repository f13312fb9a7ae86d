import { readFile } from "node:fs/promises";
import { usageError } from "../command.ts";
import type { ErrorCode } from "../error-codes.ts";
import type { Environment } from "../tenant/read-environment.ts";

/** Variables that name a certificate authority; the first that is set. A company's may be in Node's own, and then is set everywhere. */
const VARIABLES = {
  tenant: ["AUTH0_CA_FILE", "NODE_EXTRA_CA_CERTS"],
  gateways: ["GATEWAY_CA_FILE", "AUTH0_CA_FILE", "NODE_EXTRA_CA_CERTS"],
} as const;

/** Whose connections trust it. */
type Truster = keyof typeof VARIABLES;

/** PEM file to trust besides the public authorities, and what is in it. */
export interface Authority {
  readonly file: string;
  readonly pem: string;
}

export function findAuthorityVariable(environment: Environment, truster: Truster): string | undefined {
  return VARIABLES[truster].find((name) => environment[name]);
}

/** @throws {CommandError} `code` when the file cannot be read */
export async function readAuthority(
  environment: Environment,
  truster: Truster,
  code: ErrorCode,
): Promise<Authority | undefined> {
  const name = findAuthorityVariable(environment, truster);
  const file = name === undefined ? undefined : environment[name];
  if (!file) return undefined;
  const pem = await readFile(file, "utf8").catch((cause: unknown) => {
    throw usageError(
      code,
      `${name} names ${file}, which cannot be read. Correct the path, or unset it for a tenant at Auth0 and Stripe itself.`,
      cause,
    );
  });
  return { file, pem };
}
