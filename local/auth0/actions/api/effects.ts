/**
 * What one Action asked for, in its order: plain data, fit for structured cloning. What it adds up to over the Actions of a
 * pipeline run is in the transaction; this is for the flow's next step and for the log. Values may be personal data: log
 * types and keys, not values.
 */
export type PostLoginEffect =
  | { type: "deny"; reason: string }
  | { type: "validation-error"; code: string; message: string }
  /** The platform aborts the login with this message; the Action's own code goes on. */
  | { type: "abort"; message: string }
  | { type: "redirect"; url: string }
  | { type: "render-prompt"; promptId: string; fields: unknown; vars: unknown }
  | { type: "challenge"; factors: unknown[]; isSelectorShown: boolean }
  | { type: "enroll"; factors: unknown[]; isSelectorShown: boolean }
  | {
      type: "enable-multifactor";
      provider: string;
      allowRememberBrowser: boolean | undefined;
      providerOptions: unknown;
    }
  | { type: "record-method"; url: string }
  | { type: "set-primary-user"; userId: string }
  | { type: "set-claim"; token: TokenName; name: string; value: unknown }
  | { type: "modify-scope"; scope: string; operation: ScopeOperation }
  | { type: "set-target-scopes"; scopes: string[] }
  | { type: "set-user-metadata" | "set-app-metadata"; key: string; value: unknown }
  | { type: "set-transaction-metadata"; key: string; value: TransactionMetadataValue | null }
  | { type: "set-expiry"; entity: Entity; which: ExpiryName; at: number }
  | { type: "set-entity-metadata"; entity: Entity; metadata: Record<string, string> }
  | { type: "set-cookie-mode"; mode: CookieMode }
  | { type: "revoke-session"; reason: string; preserveRefreshTokens: boolean }
  | { type: "revoke-refresh-token"; reason: string }
  | { type: "set-saml-attribute"; attribute: string; value: unknown }
  | { type: "set-saml-configuration"; key: string; value: unknown };

/** Those of a person on the way through pages, whatever the trigger. */
export type JourneyEffect = Extract<
  PostLoginEffect,
  { type: "abort" | "challenge" | "deny" | "redirect" | "render-prompt" }
>;

export type TokenName = "accessToken" | "idToken";
export type ScopeOperation = "add" | "remove";
export type Entity = "session" | "refresh token";
export type ExpiryName = "expiresAt" | "idleExpiresAt";
export type CookieMode = "persistent" | "non-persistent";
export type TransactionMetadataValue = string | number | boolean;
