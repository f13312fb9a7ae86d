interface Details {
  /** Where the tenant decides it; else the status of the kind. */
  readonly status?: number;
  /** `error_uri` of RFC 6749 §5.2. */
  readonly uri?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the client is told besides. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** For the tenant log alone. `type` takes the place of the event that the endpoint would write. */
  readonly logDetails?: Readonly<Record<string, unknown>>;
}

/** A refusal by an OAuth endpoint: status and body as Auth0 words them (often not RFC 6749's status). */
export class OAuthError extends Error {
  override readonly name = "OAuthError";
  readonly status: number;
  readonly error: string;
  readonly uri: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly logDetails: Readonly<Record<string, unknown>>;
  readonly #body: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    error: string,
    description: string,
    { uri, headers = {}, body = {}, logDetails = {} }: Omit<Details, "status"> = {},
  ) {
    super(description);
    this.status = status;
    this.error = error;
    this.uri = uri;
    this.headers = headers;
    this.logDetails = logDetails;
    this.#body = body;
  }

  toBody(): Readonly<Record<string, unknown>> {
    return {
      error: this.error,
      error_description: this.message,
      ...(this.uri !== undefined && { error_uri: this.uri }),
      ...this.#body,
    };
  }
}

type Kind = new (description: string, details?: Details) => OAuthError;
type KindWithText = new (description?: string, details?: Details) => OAuthError;

function kind(status: number, error: string): Kind;
function kind(status: number, error: string, usual: string): KindWithText;
function kind(status: number, error: string, usual = ""): KindWithText {
  return class extends OAuthError {
    constructor(description = usual, details: Details = {}) {
      super(details.status ?? status, error, description, details);
    }
  };
}

export const InvalidRequest = kind(400, "invalid_request");
export const InvalidScope = kind(400, "invalid_scope");
export const UnsupportedResponseType = kind(400, "unsupported_response_type");
export const ServerError = kind(400, "server_error");
/** The client did not prove who it is. */
export const ClientNotAuthenticated = kind(401, "access_denied", "Unauthorized");
export const AccessDenied = kind(403, "access_denied");
export const InvalidGrant = kind(403, "invalid_grant");
export const UnauthorizedClient = kind(403, "unauthorized_client");
export const UserBlocked = kind(403, "unauthorized", "user is blocked");
/** The three that a client is sent in place of a page, after `prompt=none`. */
export const LoginRequired = kind(403, "login_required", "Login required");
export const InteractionRequired = kind(403, "interaction_required", "Interaction required");
export const ConsentRequired = kind(403, "consent_required", "Consent required");
export const TooManyAttempts = kind(429, "too_many_attempts");
export const MfaRequired = kind(403, "mfa_required", "Multifactor authentication required");
export const ExpiredToken = kind(401, "expired_token");
export const UnsupportedChallengeType = kind(401, "unsupported_challenge_type");
