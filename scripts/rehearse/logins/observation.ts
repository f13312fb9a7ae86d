import type { RunResult } from "../../../local/auth0/actions/runtime/protocol.ts";

/** What an Action did in a login; "passed" is: nothing. */
export type Effect = "passed" | "changed" | "denied" | "redirected" | "challenged" | "failed";

export interface ActionRun {
  readonly name: string;
  readonly milliseconds: number;
  readonly effect: Effect;
}

/** What the client was told. */
export type Answer =
  | { readonly kind: "tokens"; readonly accessToken: string; readonly idTokenSubject: string | undefined }
  | { readonly kind: "refused"; readonly error: string; readonly description: string };

/** A customer that Stripe has with the person's email. */
export interface Customer {
  readonly id: string;
  /** `metadata.auth0_user_id` */
  readonly ownerId: string | undefined;
}

/** The customer on a machine's token. */
export interface Payer {
  readonly id: string;
  /** `metadata.auth0_org_id` */
  readonly organization: string | undefined;
}

/** The person as the tenant knows them afterwards. */
export interface Account {
  readonly userId: string;
  readonly email: string;
  /** `app_metadata.stripe_customer_id` and `stripe_customer_linked_to` */
  readonly customerId: string | undefined;
  readonly linkedTo: string | undefined;
}

/** Of the access token, its signature, issuer, audience and expiry verified against the tenant's published keys. */
export interface TokenClaims {
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly permissions: readonly string[];
  readonly email: string | undefined;
  readonly isEmailVerified: boolean | undefined;
  readonly customerId: string | undefined;
  readonly grantType: string | undefined;
  /** `org_id` */
  readonly organization: string | undefined;
}

/** All that one login, refresh or token request left behind. */
export interface Observation {
  readonly answer: Answer;
  /** In order, both sides of a redirect; from the tenant log. */
  readonly runs: readonly ActionRun[];
  /** `POST /v1/customers`, in order of arrival. */
  readonly stripeRequests: readonly string[];
  readonly customers: readonly Customer[];
  /** None for a machine. */
  readonly account?: Account;
  /** Of an organization's machine alone. */
  readonly payer?: Payer;
  readonly claims?: TokenClaims;
  /** Of the newest run of Actions, with what it adds up to. */
  readonly result?: RunResult;
}
