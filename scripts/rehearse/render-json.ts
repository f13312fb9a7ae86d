import type { Observation, TokenClaims } from "./logins/observation.ts";
import { isRight, type Row } from "./row.ts";

/** One line. `name` and `ok` are in every row, the rest depends on its section. No tokens. */
export function renderRowsJson(rows: readonly Row[]): string {
  return JSON.stringify({
    rows: rows.map((row) => {
      const { name, section, problems } = row;
      return {
        name,
        ok: isRight(row),
        section,
        ...(row.section === "logins" ? { story: row.story, ...(row.seen && describe(row.seen)) } : row.facts),
        ...(problems.length > 0 && { problems }),
      };
    }),
  });
}

function describe({ answer, runs, stripeRequests, customers, account, claims }: Observation) {
  return {
    answer: answer.kind === "tokens" ? "tokens" : { error: answer.error, error_description: answer.description },
    actions: runs.map(({ name, milliseconds, effect }) => ({ name, ms: milliseconds, effect })),
    stripe: {
      requests: stripeRequests,
      customers: customers.map(({ id, ownerId }) => ({ id, auth0_user_id: ownerId ?? null })),
    },
    ...(account && { user: { user_id: account.userId, stripe_customer_id: account.customerId ?? null } }),
    ...(claims && { token: describeClaims(claims) }),
  };
}

/** By the names that they have in the token, those of the API's own claims without its identifier. */
function describeClaims(claims: TokenClaims) {
  return {
    sub: claims.subject,
    scope: claims.scopes.join(" "),
    permissions: claims.permissions,
    email: claims.email,
    email_verified: claims.isEmailVerified,
    stripe_customer_id: claims.customerId,
    gty: claims.grantType,
    org_id: claims.organization,
  };
}
