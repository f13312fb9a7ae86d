/** What a login ended in: everything that tokens are made from. Plain data. */
export interface Authorization {
  readonly clientId: string;
  readonly userId: string;
  /** Identifier of the API; none for a token that is only good for /userinfo. */
  readonly audience?: string;
  /** Asked for. Undefined where the flow knows no scope parameter or it was left out. */
  readonly requestedScope?: readonly string[];
  /** Id of the organization logged in to. */
  readonly organizationId?: string;
  readonly sessionId?: string;
  readonly connection: string;
  readonly methods: readonly { readonly name: string; readonly at: number }[];
  /** Milliseconds: when the user last proved who they are. */
  readonly authenticatedAt: number;
  /** `auth_time` is in the id token when `max_age` was asked for (OpenID Connect Core §2). */
  readonly showAuthTime: boolean;
  readonly nonce?: string;
  /** Asked for (`acr_values`). */
  readonly acrValues?: readonly string[];
  /** Who acts for the user (RFC 8693 §4.1). */
  readonly actor?: Readonly<Record<string, unknown>>;
  readonly actions: ActionsResult;
}

/** What the Actions asked for that reaches tokens. */
interface ActionsResult {
  readonly accessTokenClaims: ReadonlyMap<string, unknown>;
  readonly idTokenClaims: ReadonlyMap<string, unknown>;
  readonly scopeChanges: ReadonlyMap<string, "add" | "remove">;
  readonly targetScopes?: readonly string[];
  /** For the refresh token, if one is issued. */
  readonly refreshToken: {
    readonly expiresAt?: number;
    readonly idleExpiresAt?: number;
    readonly metadata?: Readonly<Record<string, string>>;
  };
}
