import type { CheckContext } from "../deploy/checks/context.ts";
import { checkStripeKey, findStripeKey } from "../deploy/checks/stripe-key.ts";
import { checkStripePermissions } from "../deploy/checks/stripe-permissions.ts";
import type { Diagnosis } from "./diagnosis.ts";

const CHECK = "Stripe key";

/** Of which kind the Actions' key is, whose money it moves, and what Stripe lets it do: as before a deploy. */
export async function checkStripe(context: CheckContext): Promise<readonly Diagnosis[]> {
  const findings = [...checkStripeKey(context), ...(await checkStripePermissions(context))];
  if (findings.length > 0) {
    return findings.map(({ severity, code, message }) => ({
      check: CHECK,
      status: severity === "error" ? "wrong" : "warning",
      message: `${message} [${code}]`,
    }));
  }
  const key = findStripeKey(context);
  if (key === undefined) return [{ check: CHECK, status: "unknown", message: "no Action of tenant.yaml has one" }];
  const kind = `${key.isRestricted ? "restricted" : "secret"}, for ${key.isLive ? "live" : "test"} money`;
  return [{ check: CHECK, status: "right", message: kind }];
}
