import { timingSafeEqual } from "node:crypto";
import type { Authorizer } from "../authorizer/authorizer.ts";
import type { Refused } from "../authorizer/decision.ts";
import { isFromElsewhere } from "../pages/is-from-elsewhere.ts";
import type { Cookies, Session } from "./cookies.ts";
import type { Who } from "./payers.ts";

export type Visitor =
  /** A person in a browser. */
  | ({ readonly kind: "session" } & Session)
  /** A client with an access token for the API: it is answered with JSON, and needs no form. */
  | ({ readonly kind: "token" } & Who)
  | { readonly kind: "refused"; readonly refusal: Refused }
  | { readonly kind: "machine" }
  | { readonly kind: "nobody" };

/** Who asks. A token decides where there is one: no cookie stands in for one that is refused. */
export async function identifyVisitor(
  request: Request,
  { authorizer, cookies }: { readonly authorizer: Pick<Authorizer, "identify">; readonly cookies: Cookies },
): Promise<Visitor> {
  if (request.headers.has("authorization")) {
    const identification = await authorizer.identify({ headers: Object.fromEntries(request.headers) });
    if (!identification.ok) return { kind: "refused", refusal: identification.refusal };
    const { subject, organization } = identification.identity;
    // Auth0 docs, "Client Credentials Flow": the subject of a machine is <client_id>@clients.
    return subject.endsWith("@clients") ? { kind: "machine" } : { kind: "token", userId: subject, organization };
  }
  const session = await cookies.readSession(request.headers.get("cookie") ?? undefined);
  return session === undefined ? { kind: "nobody" } : { kind: "session", ...session };
}

/**
 * Whether a POST is the person's own: sent by this portal's page, which alone has the session's form token.
 *
 * @param origin of the portal
 */
export function isOwnForm(request: Request, fields: URLSearchParams, session: Session, origin: string): boolean {
  if (isFromElsewhere(request, origin)) return false;
  const [sent, wanted] = [Buffer.from(fields.get("form_token") ?? ""), Buffer.from(session.formToken)];
  return sent.length === wanted.length && timingSafeEqual(sent, wanted);
}
