import { type ClaimNamespace, readClaimNamespace } from "../shared/claim-namespace.ts";
import { readRequired, type Secrets as SecretsNamed } from "../shared/settings.ts";

export type Secrets = SecretsNamed<"API_IDENTIFIER" | "CLAIM_NAMESPACE" | "STRIPE_SECRET_KEY">;

export interface Settings {
  /** The one API whose tokens are looked at. */
  apiIdentifier: string;
  namespace: ClaimNamespace | undefined;
}

/** @throws {ActionError} `bad_setting` */
export const readSettings = (secrets: Secrets): Settings => ({
  apiIdentifier: readRequired(secrets, "API_IDENTIFIER"),
  namespace: readClaimNamespace(secrets),
});
