import { randomUUID } from "node:crypto";
import { takeRandomBytes } from "./random-bytes.ts";

const ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** `length` characters of [A-Za-z0-9], each equally likely. */
export function randomAlphanumeric(length: number): string {
  let text = "";
  while (text.length < length) {
    // 248 is the largest multiple of 62 in a byte: what lies above would favour the first letters.
    for (const byte of takeRandomBytes(length)) if (byte < 248 && text.length < length) text += ALPHANUMERIC[byte % 62];
  }
  return text;
}

/** Identifiers in the forms that Auth0 gives them; its path checks and its clients rely on these. */
export const newId = {
  client: () => randomAlphanumeric(32),
  thirdPartyClient: () => `tpc_${randomAlphanumeric(22)}`,
  clientSecret: () => takeRandomBytes(48).toString("base64url"),
  clientGrant: () => `cgr_${randomAlphanumeric(16)}`,
  connection: () => `con_${randomAlphanumeric(16)}`,
  role: () => `rol_${randomAlphanumeric(16)}`,
  organization: () => `org_${randomAlphanumeric(16)}`,
  job: () => `job_${randomAlphanumeric(16)}`,
  credential: () => `cred_${randomAlphanumeric(22)}`,
  hex24: () => takeRandomBytes(12).toString("hex"),
  /** Actions, versions, bindings, modules. */
  uuid: () => randomUUID(),
} as const;
