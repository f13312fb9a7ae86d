import { choice, closed, flag, listOf, open, orNull, type Properties, text, whole } from "../schema.ts";

const IDENTIFIER = text(
  "Unique identifier for the API used as the audience parameter on authorization calls. Can not be changed once set.",
  { minLength: 1, maxLength: 600 },
);

const FIELDS = {
  name: text("Friendly name for this resource server. Can not contain `<` or `>` characters.", {
    maxLength: 200,
    pattern: "^[^<>]+$",
  }),
  scopes: listOf(
    closed({ value: text("Value of this scope."), description: text("User-friendly description of this scope.") }, [
      "value",
    ]),
    "List of permissions (scopes) that this API uses.",
  ),
  signing_alg: choice(
    ["HS256", "RS256", "RS512", "PS256"],
    "Algorithm used to sign JWTs. Can be `HS256` (default) or `RS256`. `PS256` available via addon.",
  ),
  signing_secret: text("Secret used to sign tokens when using symmetric algorithms (HS256).", { minLength: 16 }),
  allow_offline_access: flag("Whether refresh tokens can be issued for this API (true) or not (false)."),
  allow_online_access: flag("Whether Online Refresh Tokens can be issued for this API (true) or not (false)."),
  allow_online_access_with_ephemeral_sessions: flag(
    "Whether Online Refresh Tokens can be issued even when sessions are configured as ephemeral (true) or not (false).",
  ),
  token_lifetime: whole(
    "Expiration value (in seconds) for access tokens issued for this API from the token endpoint.",
    { minimum: 0, maximum: 2592000 },
  ),
  token_lifetime_for_anonymous_access_tokens: orNull(
    whole("Expiration value (in seconds) for anonymous-session access tokens issued for this API."),
  ),
  /** Real tenants take it, though the published schema does not list it. */
  token_lifetime_for_web: whole(undefined, { minimum: 0, maximum: 2592000 }),
  token_dialect: choice(["access_token", "access_token_authz", "rfc9068_profile", "rfc9068_profile_authz"]),
  skip_consent_for_verifiable_first_party_clients: flag(
    "Whether to skip user consent for applications flagged as first party (true) or not (false).",
  ),
  enforce_policies: flag("Whether to enforce authorization policies (true) or to ignore them (false)."),
  token_encryption: orNull(
    closed(
      {
        format: choice(["compact-nested-jwe"], "Format of the encrypted JWT payload."),
        encryption_key: closed(
          {
            name: text("Name of the encryption key."),
            alg: choice(["RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"], "Algorithm used to encrypt the token."),
            kid: text("Key ID."),
            pem: text("PEM-formatted public key. Must be JSON escaped."),
          },
          ["alg", "pem"],
        ),
      },
      ["format", "encryption_key"],
    ),
  ),
  consent_policy: orNull(choice(["transactional-authorization-with-mfa"])),
  authorization_details: orNull(listOf(open())),
  proof_of_possession: orNull(
    closed(
      {
        mechanism: choice(["mtls", "dpop"], "Intended mechanism for Proof-of-Possession"),
        required: flag("Whether the use of Proof-of-Possession is required for the resource server"),
        required_for: choice(
          ["public_clients", "all_clients"],
          "Specifies which client types require Proof-of-Possession",
        ),
      },
      ["mechanism", "required"],
      "Proof-of-Possession configuration for access tokens",
    ),
  ),
  subject_type_authorization: closed(
    {
      user: open(
        {
          policy: choice(
            ["allow_all", "deny_all", "require_client_grant"],
            "Defines the user flows policy for the resource server",
          ),
        },
        "Access Permissions for user flows",
      ),
      client: open(
        {
          policy: choice(
            ["deny_all", "require_client_grant"],
            "Defines the client flows policy for the resource server",
          ),
        },
        "Access Permissions for client flows",
      ),
      anonymous_user: open(
        {
          policy: choice(
            ["deny_all", "require_client_grant"],
            "Defines the anonymous user flows policy for the resource server",
          ),
        },
        "Access Permissions for anonymous user flows",
      ),
    },
    [],
    "Defines application access permission for a resource server",
  ),
  authorization_policy: orNull(
    closed(
      { policy_id: text("The ID of the authorization policy to apply.") },
      ["policy_id"],
      "Authorization policy for the resource server.",
    ),
  ),
} satisfies Properties;

export const CREATE_RESOURCE_SERVER = closed({ identifier: IDENTIFIER, ...FIELDS }, ["identifier"]);
export const UPDATE_RESOURCE_SERVER = closed(FIELDS);
