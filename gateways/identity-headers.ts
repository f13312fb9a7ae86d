import type { Allowed, Public } from "./authorizer/decision.ts";
import { isScope } from "./authorizer/routes/route.ts";

/**
 * Who asks, as headers for the backend. Always all four: a gateway that copies only what is there would let through what a
 * client sent under the name of a missing one.
 */
export function renderIdentity(decision: Allowed | Public): Readonly<Record<string, string>> {
  const known = decision.kind === "allowed" ? decision : undefined;
  return {
    "X-User-Sub": known?.subject ?? "",
    "X-Org-Id": keepPlain(known?.organization),
    "X-Scopes": known === undefined ? "" : renderScopes(known.scopes),
    "X-Stripe-Customer": known?.customer ?? "",
  };
}

/** A token that was seen before has the same list each time. */
const renderedScopes = new WeakMap<readonly string[], string>();

function renderScopes(scopes: readonly string[]): string {
  const known = renderedScopes.get(scopes);
  if (known !== undefined) return known;
  const rendered = scopes.filter(isScope).join(" ");
  renderedScopes.set(scopes, rendered);
  return rendered;
}

/** The issuer's word, but nothing that a header cannot hold. */
function keepPlain(value: string | undefined): string {
  return value !== undefined && /^[\x21-\x7e]{1,200}$/.test(value) ? value : "";
}
