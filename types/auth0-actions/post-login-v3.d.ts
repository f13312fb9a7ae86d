/**
 * Module `@auth0/actions/post-login/v3`, under the names of Auth0's own package, which takes over unchanged once it is
 * installed and this folder and tsconfig's `paths` are gone. Source: Auth0 docs, "Post Login API Object" and "Post Login Event
 * Object". "Chains" means: returns the root `api`. Methods throw inside the Action; an uncaught throw fails the login.
 */
import type { DuoOptions, EnrollmentFactorSelector, FactorSelector, MultifactorProvider } from "./authentication.d.ts";
import type { CacheAPI } from "./cache.d.ts";
import type { Anything, Configuration, Dictionary, Secrets } from "./event.d.ts";
import type { PostLoginEvent } from "./post-login-event.d.ts";
import type { SAMLResponseAPI } from "./saml-response.d.ts";
import type { TargetScopesAPI } from "./target-scopes.d.ts";

export interface Event extends PostLoginEvent {
  readonly configuration: Configuration;
  readonly secrets: Secrets;
}

interface AccessAPI {
  /** Denies this login. The current Action still finishes, no later one runs. Chains. */
  deny(reason: string): PostLoginAPI;
}

interface IdTokenAPI {
  /** Only `scope` throws; other restricted names are dropped when the token is issued. Also feeds `/userinfo`. Chains. */
  setCustomClaim(key: string, value: unknown): PostLoginAPI;
}

interface AccessTokenAPI extends IdTokenAPI {
  /** Applied after authorization: overrides RBAC. Per scope the last call wins. */
  addScope(scope: string): void;
  removeScope(scope: string): void;
}

interface AuthenticationAPI {
  challengeWith(factor: FactorSelector, options?: { additionalFactors?: FactorSelector[] }): void;
  challengeWithAny(factors: FactorSelector[]): void;
  enrollWith(factor: EnrollmentFactorSelector, options?: { additionalFactors?: EnrollmentFactorSelector[] }): void;
  enrollWithAny(factors: EnrollmentFactorSelector[]): void;
  /** Only in `onContinuePostLogin`. Chains. */
  recordMethod(provider_url: string): PostLoginAPI;
  /** Once per transaction. */
  setPrimaryUser(primary_user_id: string): void;
}

interface Group {
  id: string;
  name: string;
  external_id?: string;
  connection_id?: string;
  tenant_name: string;
  created_at: string;
  updated_at: string;
  membership_created_at: string;
  assignment: string;
}

interface GroupsAPI {
  getUserGroups(params?: { take?: number; from?: string }): Promise<{ groups: Group[]; next?: string }>;
  /** `groups`: ids or names. */
  hasGroupMembership(groups: string[]): Promise<{
    memberships: Dictionary<{ is_member: boolean; matches?: { id: string; name: string; group_type: string }[] }>;
    errors?: Dictionary<string>;
  }>;
}

interface EffectiveRole {
  id: string;
  name: string;
  type: string;
}

/** Roles held directly or through groups; the organization's in an organization login. */
interface RolesAPI {
  getUserEffectiveRoles(params?: { take?: number; from?: string }): Promise<{ roles: EffectiveRole[]; next?: string }>;
  getUserEffectiveRolesByIds(ids: string[]): Promise<{ roles: EffectiveRole[] }>;
  getUserEffectiveRolesByNames(names: string[]): Promise<{ roles: EffectiveRole[] }>;
}

interface MultifactorAPI {
  /** The challenge comes at the end of the flow. Chains. */
  enable<Provider extends MultifactorProvider>(
    provider: Provider,
    options?: { allowRememberBrowser?: boolean; providerOptions?: Provider extends "duo" ? DuoOptions : never },
  ): PostLoginAPI;
}

export interface PromptAPI {
  /** One per Action, and not together with a redirect. */
  render(promptId: string, promptOptions?: { fields?: Dictionary; vars?: Dictionary }): void;
}

interface RedirectAPI {
  /** Suspends the pipeline after this Action; `/continue` resumes it in `onContinuePostLogin`. Chains. */
  sendUserTo(url: string, options?: { query?: Dictionary<string> }): PostLoginAPI;
  /** An HS256 JWT of 900 seconds unless told; `payload` may overwrite its claims. Signed, not encrypted. */
  encodeToken(options: { secret: string; payload: Dictionary; expiresInSeconds?: number }): string;
  /** The payload of the token that `/continue` got as `session_token` or the named parameter. Throws if invalid. */
  validateToken(options: { secret: string; tokenParameterName?: string }): Anything;
  /** @deprecated Redirect all the same, and let the client handle `interaction_required`. */
  canRedirect(): boolean;
}

/** Enterprise. Times are milliseconds since the epoch; of several calls the earliest wins. */
interface ExpiryAPI {
  setExpiresAt(absolute: number): void;
  setIdleExpiresAt(inactivity: number): void;
}

/** At most 25 keys of `[a-zA-Z0-9_-]{1,255}`, values up to 255 characters; live on the event. `null` removes. */
interface TokenMetadataAPI {
  setMetadata(key: string, value: string | null): void;
  deleteMetadata(key: string): void;
  evictMetadata(): void;
}

export interface RefreshTokenAPI extends ExpiryAPI, TokenMetadataAPI {
  /** Only in a refresh exchange: denies it and revokes the token. */
  revoke(reason: string): void;
}

export interface SessionAPI extends ExpiryAPI, TokenMetadataAPI {
  /** Denies the login and ends the session. */
  revoke(reason: string, options?: { preserveRefreshTokens?: boolean }): void;
  setCookieMode(mode: "persistent" | "non-persistent"): void;
}

interface RulesAPI {
  wasExecuted(ruleId: string): boolean;
}

export interface TransactionAPI extends TargetScopesAPI {
  /** Live on `event.transaction.metadata`. `null` removes. */
  setMetadata(key: string, value: string | number | boolean | null): void;
}

/** Queued until the flow ends or redirects; seen by the next Action, not by this one. `null` removes. Chains. */
interface UserAPI {
  setAppMetadata(key: string, value: unknown): PostLoginAPI;
  setUserMetadata(key: string, value: unknown): PostLoginAPI;
}

interface ValidationAPI {
  /** Stops the login with a validation error of your own. Chains. */
  error(errorCode: string, errorMessage: string): PostLoginAPI;
}

export interface PostLoginAPI {
  readonly access: AccessAPI;
  readonly accessToken: AccessTokenAPI;
  readonly authentication: AuthenticationAPI;
  readonly cache: CacheAPI;
  readonly groups: GroupsAPI;
  readonly idToken: IdTokenAPI;
  readonly multifactor: MultifactorAPI;
  readonly prompt: PromptAPI;
  readonly redirect: RedirectAPI;
  readonly refreshToken: RefreshTokenAPI;
  readonly roles: RolesAPI;
  readonly rules: RulesAPI;
  readonly samlResponse: SAMLResponseAPI;
  readonly session: SessionAPI;
  readonly transaction: TransactionAPI;
  readonly user: UserAPI;
  readonly validation: ValidationAPI;
}

export type PostLoginAction = (event: Event, api: PostLoginAPI) => Promise<void>;

export type { Configuration, Secrets };
