import { type Factor, type FactorRequest, findAuthenticator, listEnrolledFactors } from "../../mfa/factors.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import type { User } from "../../state/user.ts";

/** `mfa_requirements`: which factors would do. A recovery code stands in for one that the user has. */
export function describeRequirements(
  state: Pick<TenantState, "authenticators" | "settingRecords">,
  user: User,
  type: FactorRequest["type"],
  factors: readonly Factor[],
): Readonly<Record<string, readonly { readonly type: string }[]>> {
  // Auth0 docs: an address can be challenged, and is not announced as one to set up.
  if (type === "enroll") return { enroll: factors.filter((factor) => factor === "otp").map((type) => ({ type })) };
  const enrolled = listEnrolledFactors(state, user);
  const recovery = findAuthenticator(state, user.user_id, "recovery-code") === undefined ? [] : ["recovery-code"];
  return {
    challenge: [...factors.filter((factor) => enrolled.includes(factor)), ...recovery].map((type) => ({ type })),
  };
}
