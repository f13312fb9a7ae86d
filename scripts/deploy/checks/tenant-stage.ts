import type { CheckContext } from "./context.ts";
import { error, type Finding } from "./finding.ts";

/** A misspelt mark would silently be none, and with it the checks that depend on it. */
export function checkTenantStage({ environment }: CheckContext): readonly Finding[] {
  const stage = environment.TENANT_STAGE;
  if (!stage || stage === "development" || stage === "production") return [];
  return [error("TENANT_STAGE_UNKNOWN", "TENANT_STAGE must be development or production, or be left out.")];
}
