import type { Refused } from "../authorizer/decision.ts";
import type { Account, DeskRefusal, Way } from "./desk.ts";
import { REFUSALS } from "./refusals.ts";

const HEADERS = { "cache-control": "no-store", "x-content-type-options": "nosniff" } as const;

const answer = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response =>
  Response.json(body, { status, headers: { ...HEADERS, ...headers } });

/** For clients that come with a token. Times are seconds since the epoch. */
export function answerAccount(outcome: Account | DeskRefusal): Response {
  if (outcome.kind === "refused") return answerRefusal(outcome);
  const { email, statement, organization, mayPay } = outcome;
  if (statement === undefined) return answerRefusal({ kind: "refused", code: "temporarily_unavailable" });
  return answer(200, {
    email,
    ...(organization && { organization: organization.id, may_pay: mayPay }),
    scopes: statement.rows.map(({ scope, name, price, standing, subscription, used, usage }) => ({
      scope,
      product: name,
      price: price && { amount: price.amount, currency: price.currency, interval: price.interval },
      standing: standing.kind,
      until: "until" in standing ? standing.until : undefined,
      subscription,
      usage: used === undefined ? undefined : { requests: used, since: usage?.from },
    })),
  });
}

export const answerWay = (way: Way): Response =>
  way.kind === "go" ? answer(200, { url: way.url }) : answerRefusal(way);

function answerRefusal({ code }: DeskRefusal): Response {
  const { status, text } = REFUSALS[code];
  return answer(status, { error: code, error_description: text });
}

/** What is wrong with the token, as every gateway says it. */
export function answerRefusedToken({ status, body, wwwAuthenticate, retryAfter }: Refused): Response {
  return new Response(body, {
    status,
    headers: {
      ...HEADERS,
      "content-type": "application/json",
      ...(wwwAuthenticate !== undefined && { "www-authenticate": wwwAuthenticate }),
      ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
    },
  });
}

export const answerMachine = (): Response =>
  answer(403, { error: "user_required", error_description: "The token must be a user's: machines have no portal" });
