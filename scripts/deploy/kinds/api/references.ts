import type { Path } from "../../../tenant/shape.ts";
import type { PlanSides } from "../kind.ts";
import { findLeftOut } from "../left-out.ts";
import { refuseEntry } from "../refuse-entry.ts";

interface Scope {
  readonly value: string;
}

interface Reference {
  readonly audience: string;
  readonly scopes: readonly string[];
  readonly path: Path;
}

/**
 * Whether an API and its scopes are there after the deploy: in tenant.yaml, or in the tenant where tenant.yaml does not say.
 *
 * @throws {CommandError} API_UNKNOWN, SCOPE_UNKNOWN
 */
export function checkApiReference({ audience, scopes, path }: Reference, { desired, tenant }: PlanSides): void {
  const wanted = desired.document.resourceServers?.find(({ identifier }) => identifier === audience);
  const present = tenant.api.find(({ name }) => name === audience);
  if (wanted === undefined && present === undefined) {
    throw refuseEntry(
      desired,
      path,
      "API_UNKNOWN",
      findLeftOut(desired, { type: "API", section: "resourceServers", name: audience, domain: tenant.domain }) ??
        `neither tenant.yaml nor ${tenant.domain} has an API with the identifier "${audience}". Correct it, or add the API.`,
    );
  }
  const defined = new Set(
    ((wanted?.scopes ?? present?.fields.scopes ?? []) as readonly Scope[]).map(({ value }) => value),
  );
  const unknown = scopes.filter((scope) => !defined.has(scope));
  if (unknown.length === 0) return;
  throw refuseEntry(
    desired,
    path,
    "SCOPE_UNKNOWN",
    `the API ${audience} does not have ${unknown.join(", ")}. Correct that, or add it to the API's scopes.`,
  );
}
