import type { Environment } from "./read-environment.ts";

/** Variables of this project that hold a secret, whatever tenant.yaml says. */
export const SECRET_VARIABLES = [
  "AUTH0_CLIENT_SECRET",
  "SECRETS_DIGEST_KEY",
  "STRIPE_SECRET_KEY",
  "STRIPE_CATALOGUE_KEY",
  "STRIPE_GATEWAY_KEY",
  "GATEWAY_REDIS_URL",
  "STRIPE_WEBHOOK_SECRET",
  "STRIPE_USER_EVENTS_KEY",
  "AUTH0_EVENTS_TOKEN",
  "WEBHOOK_CLIENT_SECRET",
  "STRIPE_PORTAL_KEY",
  "PORTAL_CLIENT_SECRET",
] as const;

/** Their values; of a list, such as two webhook secrets while one is rolled, each for itself. */
export function listProjectSecrets(environment: Environment): readonly string[] {
  return SECRET_VARIABLES.flatMap((name) => {
    const value = environment[name] ?? "";
    return [value, ...value.split(",").map((one) => one.trim())];
  }).filter((value) => value !== "");
}
