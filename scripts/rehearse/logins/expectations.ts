import { LOGIN_FAILED } from "../../../actions/shared/fail-closed.ts";
import type { Fixtures } from "../../own-rows/fixtures.ts";
import type { Expected } from "./find-deviations.ts";
import type { Effect } from "./observation.ts";

export const VERIFY = "require-verified-email";
export const SYNC = "sync-stripe-customer";
const CLAIM = "add-email-claim";

/** What a customer costs. */
export const CREATION = ["GET /v1/customers", "POST /v1/customers"] as const;

type Effects = Expected["effects"];

/** What the project promises about every login, in the terms that the scenarios are written in. */
export interface Expectations {
  /** With a verified email, for the first time: a customer is made and linked, in two requests. */
  readonly firstLogin: Omit<Expected, "scopes" | "permissions">;
  /** Linked already: no request to Stripe. */
  readonly laterLogin: Omit<Expected, "scopes" | "permissions">;
  /** The email is proven, and sync-stripe-customer says no. */
  readonly denied: Omit<Expected, "stripeRequests" | "customer">;
  /** Scopes about the user, and these of the API. */
  tokens(scopes?: readonly string[]): Pick<Expected, "scopes" | "permissions">;
  /** Up to this Action, which does that; those before it pass. */
  until(action: string, effect: Effect): Effects;
  /** From this Action on, at a first login. */
  from(action: string): Effects;
}

/** Pure. */
export function listExpectations({ actions }: Fixtures): Expectations {
  const upTo = (end: number, known: Readonly<Record<string, Effect>>): Effects =>
    actions.slice(0, end).map((name) => (known[name] === undefined ? [name] : [name, known[name]]));
  const all = (known: Readonly<Record<string, Effect>>) =>
    upTo(actions.length, { [VERIFY]: "passed", [CLAIM]: "changed", ...known });
  const until: Expectations["until"] = (action, effect) =>
    upTo(actions.indexOf(action) + 1, { [VERIFY]: "passed", [SYNC]: "passed", [action]: effect });
  const created = all({ [SYNC]: "changed" });
  return {
    firstLogin: { effects: created, stripeRequests: CREATION, customer: "linked" },
    laterLogin: { effects: all({ [SYNC]: "passed" }), stripeRequests: [], customer: "linked" },
    denied: { refusal: LOGIN_FAILED, effects: until(SYNC, "denied"), scopes: [], permissions: [] },
    tokens: (scopes = []) => ({
      scopes: ["openid", "profile", "email", "offline_access", ...scopes],
      permissions: scopes,
    }),
    until,
    from: (action) => created.slice(actions.indexOf(action)),
  };
}
