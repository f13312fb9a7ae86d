/**
 * Module `@auth0/actions/password-reset-post-challenge/v1`, under the names of Auth0's own package. Runs in the reset of a password,
 * after the link of the mail and before the new password. Source: Auth0 docs, "Password Reset / Post Challenge" objects.
 */
import type { FactorSelector } from "./authentication.d.ts";
import type { CacheAPI } from "./cache.d.ts";
import type { Configuration, CustomDomain, Dictionary, Organization, Request, Secrets, Tenant } from "./event.d.ts";
import type { Client, Connection } from "./post-login-event.d.ts";
import type { PromptAPI } from "./post-login-v3.d.ts";
import type { Identity, SupplementalAssessment, UserBase } from "./user.d.ts";

export interface Event {
  authentication: SupplementalAssessment & {
    methods?: { name: string; timestamp: string; type?: string }[];
  };
  authorization: { roles: string[] };
  client: Pick<Client, "client_id" | "name" | "metadata">;
  readonly configuration: Configuration;
  connection: Connection;
  custom_domain?: CustomDomain;
  organization?: Organization;
  prompt?: { id: string; fields?: Dictionary; vars?: Dictionary };
  request: Request & { query: Dictionary };
  readonly secrets: Secrets;
  stats: { logins_count: number };
  tenant: Tenant;
  transaction: {
    correlation_id?: string;
    locale: string;
    login_hint?: string;
    state?: string;
    ui_locales: string[];
  };
  /** `enrolledFactors` is missing where it could not be looked up. */
  user: UserBase & { enrolledFactors?: { type: string; options?: Dictionary }[]; identities: Identity[] };
}

interface RedirectAPI {
  sendUserTo(url: string, options?: { query?: Dictionary<string> }): void;
  encodeToken(options: { secret: string; payload: Dictionary; expiresInSeconds?: number }): string;
  validateToken(options: { secret: string; tokenParameterName?: string }): Dictionary;
}

export interface PasswordResetPostChallengeAPI {
  /** Ends the reset after this Action; the password stays. */
  readonly access: { deny(reason: string): PasswordResetPostChallengeAPI };
  readonly authentication: {
    challengeWith(factor: FactorSelector, options?: { additionalFactors?: FactorSelector[] }): void;
    challengeWithAny(factors: FactorSelector[]): void;
  };
  readonly cache: CacheAPI;
  readonly prompt: PromptAPI;
  readonly redirect: RedirectAPI;
  /** Where the user goes once the password is changed. Throws unless the URL is an absolute one. */
  readonly transaction: { setResultUrl(url: string, options?: { query?: Dictionary<string> }): void };
}

export type PasswordResetPostChallengeAction = (event: Event, api: PasswordResetPostChallengeAPI) => Promise<void>;

export type { Configuration, Secrets };
