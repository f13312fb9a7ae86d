/** What a new API has besides what was asked for; lifetimes in seconds. */
export const RESOURCE_SERVER_DEFAULTS = {
  allow_offline_access: false,
  skip_consent_for_verifiable_first_party_clients: false,
  subject_type_authorization: { client: { policy: "require_client_grant" }, user: { policy: "allow_all" } },
  token_lifetime: 86_400,
  token_lifetime_for_web: 7_200,
  signing_alg: "RS256",
} as const;
