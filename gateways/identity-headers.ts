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
    "X-Scopes": known?.scopes.filter(isScope).join(" ") ?? "",
    "X-Stripe-Customer": known?.customer ?? "",
  };
}

/** The issuer's word, but nothing that a header cannot hold. */
function keepPlain(value: string | undefined): string {
  return value !== undefined && /^[\x21-\x7e]{1,200}$/.test(value) ? value : "";
}
