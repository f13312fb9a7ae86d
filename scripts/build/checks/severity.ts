import type { Finding } from "../finding.ts";
import type { Project, ProjectAction } from "../project.ts";

/**
 * Of what Auth0 takes, and what fails when it runs. Code that is built here is refused; so is a file that is sent as it is and
 * runs at logins, for it would deny them all. One that is in no flow may have been in the tenant for years.
 */
export function severityOf({ tenant }: Project, { action, result }: ProjectAction): Finding["severity"] {
  const isVerbatim = result.kind === "bundled" && result.bundle.form === "as it is";
  const flows = Object.values(tenant.document.triggers ?? {});
  const isBound = flows.some((bindings) => bindings.some(({ action_name }) => action_name === action.name));
  return isVerbatim && !isBound ? "warning" : "error";
}
