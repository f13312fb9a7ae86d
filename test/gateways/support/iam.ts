import type { PolicyAnswer } from "../../../gateways/aws/policy.ts";

/** What IAM makes of a policy: an explicit Deny wins, without an Allow nothing passes; `*` and `?` as in its reference. */
export function isGrantedBy({ policyDocument }: PolicyAnswer, resource: string): boolean {
  const effects = policyDocument.Statement.filter(({ Resource }) =>
    Resource.some((pattern) => matches(pattern, resource)),
  ).map(({ Effect }) => Effect);
  return effects.includes("Allow") && !effects.includes("Deny");
}

function matches(pattern: string, resource: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", "[^]*")
    .replaceAll("?", "[^]");
  return new RegExp(`^${source}$`).test(resource);
}
