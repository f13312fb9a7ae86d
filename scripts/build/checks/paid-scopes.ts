import { type Finding, warning } from "../finding.ts";
import { planGrants } from "../grants.ts";
import { listBundles, type Project } from "../project.ts";

/** A paid scope that no API of the Actions defines is a slip: nobody is asked to pay for it. */
export function checkPaidScopes(project: Project): readonly Finding[] {
  const apis = listBundles(project)
    .filter(({ bundle }) => bundle.usesBilling)
    .flatMap(({ action }) => planGrants(project.tenant.document, action) ?? []);
  if (apis.length === 0) return [];
  return project.paidScopes
    .filter((scope) => !apis.some(({ apiScopes }) => apiScopes.includes(scope)))
    .map((scope) =>
      warning({
        code: "PAID_SCOPE_UNKNOWN",
        place: "stripe.json",
        message: `${scope} costs money, but the API does not define it. Add it under resourceServers in tenant.yaml, or correct it.`,
      }),
    );
}
