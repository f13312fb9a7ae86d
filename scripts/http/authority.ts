import type { Environment } from "../tenant/read-environment.ts";

/** In this order: what is meant for the gateways, what the deploy uses, what Node itself reads. */
const NAMES = ["GATEWAY_CA_FILE", "AUTH0_CA_FILE", "NODE_EXTRA_CA_CERTS"] as const;

/** The variable that names a certificate authority for the gateways to trust besides the public ones, and its file. */
export function findCaVariable(environment: Environment): { readonly name: string; readonly file: string } | undefined {
  const name = NAMES.find((one) => environment[one]);
  return name === undefined ? undefined : { name, file: environment[name] ?? "" };
}
