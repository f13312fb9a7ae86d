import { usageError } from "../../command.ts";
import type { CheckContext } from "./context.ts";
import { type Finding, renderFindings } from "./finding.ts";
import { checks } from "./table.ts";

/**
 * Runs every check. Resolves to the warnings.
 *
 * @throws {CommandError} CONFIGURATION_REFUSED naming all errors at once, each with a code of its own
 */
export async function checkConfiguration(context: CheckContext): Promise<readonly Finding[]> {
  const findings = (await Promise.all(checks.map((check) => check(context)))).flat();
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return findings;
  throw usageError("CONFIGURATION_REFUSED", `Nothing was sent:\n${renderFindings(findings)}`);
}
