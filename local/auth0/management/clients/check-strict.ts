import type { Client } from "../../state/resources.ts";
import { isStrict, STRICT_GRANT_TYPES } from "../../third-party.ts";
import { ManagementError } from "../error.ts";

/** Throws 400 for what a third party's application must not be: Auth0's docs say so, the words are ours. */
export function checkStrict(changes: Partial<Client>, current?: Client): void {
  const mode = changes.third_party_security_mode;
  if (mode !== undefined && current !== undefined && mode !== current.third_party_security_mode) {
    throw new ManagementError(
      400,
      "third_party_security_mode is set on creation and cannot be modified.",
      "invalid_body",
    );
  }
  if (!isStrict({ ...current, ...changes })) return;
  const refused = (changes.grant_types ?? []).filter((type) => !STRICT_GRANT_TYPES.has(type));
  if (refused.length === 0) return;
  const message = `The grant types ${refused.join(", ")} are not available for third-party clients in strict mode.`;
  throw new ManagementError(400, message, "invalid_body");
}
