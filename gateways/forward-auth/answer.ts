import type { Decision } from "../authorizer/decision.ts";
import { renderIdentity } from "../identity-headers.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A decision on the wire. Identity headers are in every answer, so that none of the client's own survives beside them. */
export function renderAnswer(decision: Decision, understands: "any" | "401 and 403"): Answer {
  if (decision.kind !== "refused")
    return { status: 200, headers: { ...renderIdentity(decision), "cache-control": "no-store" }, body: "" };
  const { status, error, code, wwwAuthenticate, retryAfter, body } = decision;
  return {
    // NGINX can be told to answer with the real status by an error_page for 403 and this header.
    status: understands === "any" || status === 401 ? status : 403,
    headers: {
      ...renderIdentity({ kind: "public" }),
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-auth-status": String(status),
      "x-auth-error": error,
      "x-auth-code": code,
      ...(wwwAuthenticate !== undefined && { "www-authenticate": wwwAuthenticate }),
      ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
      // NGINX does not hand on the body of what it asks.
      ...(understands !== "any" && { "x-auth-body": escapeForHeader(body) }),
    },
    body,
  };
}

/** The same JSON in visible ASCII: a header has no other characters for certain (RFC 9110 §5.5). */
const escapeForHeader = (json: string): string =>
  json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** For an operator: no client brings this about. NGINX makes a 500 of it, others refuse with it. */
export const incompleteAnswer: Answer = {
  status: 400,
  headers: { ...renderIdentity({ kind: "public" }), "content-type": "application/json", "cache-control": "no-store" },
  body: JSON.stringify({
    error: "misconfigured_proxy",
    error_description:
      "The proxy must set X-Forwarded-Method and X-Forwarded-Uri to what the client asked for, each of them once",
  }),
};
