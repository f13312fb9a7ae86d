import { listMissingScopes } from "../deploy/checks/check-scopes.ts";
import { listRequiredScopes } from "../deploy/checks/required-scopes.ts";
import type { TenantDocument } from "../tenant/document.ts";
import type { Diagnosis } from "./diagnosis.ts";

/** @param granted undefined when the token cannot be read */
export function checkGrantedScopes(document: TenantDocument, granted: ReadonlySet<string> | undefined): Diagnosis {
  const check = "scopes";
  if (granted === undefined) return { check, status: "unknown", message: "the tenant's token cannot be read" };
  const missing = listMissingScopes(listRequiredScopes({ document, purpose: "deploy" }), granted);
  if (missing.length === 0) return { check, status: "right", message: "all that a deploy needs" };
  const names = missing.map(({ scope }) => scope).join(", ");
  return { check, status: "wrong", message: `the client lacks ${names}. npm run scopes says what each is for.` };
}
