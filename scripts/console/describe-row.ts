import type { Event } from "@auth0/actions/post-login/v3";
import type { ReplayedLogin } from "../../local/console/replays/checkout.ts";
import { outlineRun } from "../../local/console/runs/outline-run.ts";
import { readOutline, WHATEVER } from "../own-rows/find-differences.ts";
import type { Fixtures } from "../own-rows/fixtures.ts";
import type { OwnRow } from "../own-rows/own-row.ts";
import { keepCommon } from "./keep-common.ts";
import { notSaved } from "./write-new.ts";

/**
 * Pure. A login as a row of the rehearsal, where somebody new is given this person's profile, logs in as they did, and comes to what
 * they came to.
 *
 * @throws {CommandError} REPLAY_NOT_SAVED
 */
export function describeRow(login: ReplayedLogin, fixtures: Fixtures): OwnRow {
  const { event, seenAt, outcomes } = login;
  const { authorization, stats, transaction, user } = event;
  const obstacle = findObstacle(login, fixtures);
  if (obstacle !== undefined) throw notSaved(`A rehearsal has no such login: ${obstacle}.`);
  const [one, other] = outcomes.map((outcome) => readOutline(outlineRun(outcome)));
  // At a refresh it is those that were granted before.
  const scopes = transaction?.requested_scopes ?? transaction?.target_scopes;
  return {
    name: `${user.email} on ${seenAt.slice(0, 16).replace("T", " at ")}`,
    at: seenAt,
    person: {
      ...pick(user, ["email", "user_id", "email_verified", "created_at"]),
      ...pick(user, ["name", "nickname", "given_name", "family_name", "picture"]),
      email: user.email ?? "",
      logins_count: stats.logins_count,
      roles: [...(authorization?.roles ?? [])],
      app_metadata: user.app_metadata,
      user_metadata: user.user_metadata,
    },
    login: { kind: isRefresh(event) ? "refresh" : "login", ...(scopes && { scopes: [...scopes] }) },
    result: withoutNewIds(keepCommon(one, other, WHATEVER), JSON.stringify(user)) as OwnRow["result"],
  };
}

const STRIPE = "api.stripe.com";

function findObstacle(
  { event, requests, outcomes: [{ ending }] }: ReplayedLogin,
  { spa, database, audience }: Fixtures,
): string | undefined {
  const { authentication, client, connection, organization, resource_server: api, transaction, user } = event;
  const rows: readonly (readonly [isThere: boolean, what: string])[] = [
    [client.name !== spa.name, `people log in at ${spa.name} there`],
    [connection.name !== database, `people log in by ${database} there`],
    [api?.identifier !== audience, `tokens are for ${audience} there`],
    [organization !== undefined, "it was for an organization"],
    [user.identities.length !== 1, "another account is linked to this one"],
    [user.email === undefined, "there is no email"],
    [ending.kind === "stopped" && ending.step.type !== "deny", "it went on elsewhere"],
    [transaction?.prompt?.includes("none") === true, "it was silent"],
    [(authentication?.methods ?? []).some(({ name }) => name === "mfa"), "there was a second factor"],
    [!isRefresh(event) && transaction?.protocol !== "oidc-basic-profile", `it came by ${transaction?.protocol}`],
    [
      user.app_metadata.stripe_customer_id !== undefined && requests.some((url) => new URL(url).host === STRIPE),
      "its customer is asked about, whom Stripe does not have there",
    ],
  ];
  return rows.find(([isThere]) => isThere)?.[1];
}

const isRefresh = ({ transaction }: Event): boolean => transaction?.protocol === "oauth2-refresh-token";

const pick = <Key extends keyof Event["user"]>(user: Event["user"], keys: readonly Key[]) =>
  Object.fromEntries(keys.filter((key) => user[key] !== undefined).map((key) => [key, user[key]]));

/** Of what is made at Stripe while it runs. */
const STRIPE_ID = /\b(cus|sub|si|prod|price)_[A-Za-z0-9]{10,}/g;

function withoutNewIds(value: unknown, known: string): unknown {
  if (typeof value === "string")
    return value.replaceAll(STRIPE_ID, (id, kind) => (known.includes(id) ? id : `${kind}_${WHATEVER}`));
  if (Array.isArray(value)) return value.map((member) => withoutNewIds(member, known));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutNewIds(member, known)]));
}
