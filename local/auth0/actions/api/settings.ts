/**
 * Where Auth0's documents are silent, or disagree with the code Auth0 publishes for unit tests: one setting each.
 * A default is the stricter reading, unless that would refuse what is known to work.
 */
export interface ApiSettings {
  /**
   * Whether the tenant has target scopes. Rolled out per tenant in post-login, Early Access in credentials-exchange;
   * without them the methods throw `Method not implemented.`
   */
  targetScopes: boolean;
  /** Bytes of keys and values in the cache of one trigger. Docs: 8 kB; published code: 16 × 1024 + 256. */
  cacheMaxBytes: number;
  /** Entries in that cache (docs). Which code `set` then returns is not documented; here `MaxSideEffectsExceeded`. */
  cacheMaxEntries: number;
  /** Milliseconds. Docs: 24 hours; the published code does not enforce it. A longer life is cut. */
  cacheMaxLifetime: number;
  /** Bytes of SAML attributes as JSON. Docs: 10 kB; published code: 102,400. */
  samlMaxBytes: number;
  /**
   * What `iss` of a token brought to /continue must be. The published code hands the hostname to the check, the docs
   * describe the redirect's target.
   */
  sessionTokenIssuer: "hostname" | "anything";
  /** Which of several `sendUserTo` in one Action counts. */
  repeatedRedirect: "last" | "first";
  /** A claim set to null: issued as null, or left out. */
  nullClaim: "issued" | "dropped";
  /**
   * `authentication.recordMethod` outside `onContinuePostLogin`, and `refreshToken.revoke` outside a refresh exchange: documented as
   * not allowed, but not what then happens.
   */
  misplacedCall: "fails" | "ignored";
  /**
   * A metadata key that Auth0 does not store (docs, "Metadata field names and data types"). The call does not throw; what the
   * write at the end of the flow then does is not documented.
   */
  forbiddenMetadataKey: "fails" | "ignored";
  /** What is lost with `setPrimaryUser` when the same Action sets metadata. Docs: "user metadata". */
  primaryUserDiscards: "user-metadata" | "all-metadata";
}

export const DEFAULT_API_SETTINGS: ApiSettings = {
  targetScopes: true,
  cacheMaxBytes: 16_640,
  cacheMaxEntries: 20,
  cacheMaxLifetime: 24 * 60 * 60 * 1000,
  samlMaxBytes: 102_400,
  sessionTokenIssuer: "hostname",
  repeatedRedirect: "last",
  nullClaim: "issued",
  misplacedCall: "fails",
  forbiddenMetadataKey: "fails",
  primaryUserDiscards: "user-metadata",
};
