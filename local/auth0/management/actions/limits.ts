import { ManagementError } from "../error.ts";
import type { ActionBody, SecretBody } from "./draft.ts";

/** Auth0 docs, "Actions Limitations" and "Entity Limit Policy". A kB is 1,000 bytes here, the smaller reading. */
const LIMITS = {
  codeBytes: 100_000,
  dependencies: 10,
  modules: 3,
  secrets: 30,
  secretName: 128,
  secretValue: 4096,
} as const;

/**
 * What the Actions service refuses beyond the schema, in the wording of its validator. Throws 400. `message` is how
 * the service calls the request, e.g. `UpdateActionRequest`.
 */
export function checkLimits(body: ActionBody, message: string): void {
  if (Buffer.byteLength(body.code ?? "") > LIMITS.codeBytes) {
    refuse(message, "Code", `value length must be at most ${LIMITS.codeBytes} bytes`);
  }
  checkCount(message, "Dependencies", body.dependencies, LIMITS.dependencies);
  checkCount(message, "Modules", body.modules, LIMITS.modules);
  checkSecretLimits(body.secrets, message);
}

export function checkSecretLimits(secrets: readonly SecretBody[] | undefined, message: string): void {
  checkCount(message, "Secrets", secrets, LIMITS.secrets);
  for (const [index, { name, value }] of (secrets ?? []).entries()) {
    if (name.length < 1 || name.length > LIMITS.secretName) {
      const range = `value length must be between 1 and ${LIMITS.secretName} runes, inclusive`;
      refuse(message, `Secrets[${index}].Name`, range);
    }
    if (value.length > LIMITS.secretValue) {
      refuse(message, `Secrets[${index}].Value`, `value length must be at most ${LIMITS.secretValue} runes`);
    }
    if (secrets?.findIndex((other) => other.name === name) !== index) {
      refuse(message, `Secrets[${index}].Name`, "repeated value must contain unique items");
    }
  }
}

function checkCount(message: string, field: string, list: readonly unknown[] | undefined, most: number): void {
  if ((list?.length ?? 0) > most) refuse(message, field, `value must contain no more than ${most} item(s)`);
}

function refuse(message: string, field: string, reason: string): never {
  throw new ManagementError(
    400,
    `invalid ${message}.Draft: embedded message failed validation | caused by: invalid Draft.${field}: ${reason}`,
  );
}
