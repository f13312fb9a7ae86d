import type { BuildFindingCode, ConfigurationFindingCode } from "../../error-codes.ts";

/** What a check before a deploy has to say. Errors stop it before anything is sent, warnings do not. */
export interface Finding<Code = ConfigurationFindingCode> {
  readonly severity: "error" | "warning";
  /** Stable, for scripts: `STRIPE_PERMISSION_MISSING`. */
  readonly code: Code;
  /** What is wrong and what to do about it, without a secret's value. */
  readonly message: string;
}

export const error = (code: ConfigurationFindingCode, message: string): Finding => ({
  severity: "error",
  code,
  message,
});
export const warning = (code: ConfigurationFindingCode, message: string): Finding => ({
  severity: "warning",
  code,
  message,
});

/** For a person; `npm run plan -- --json` keeps its standard output, so this belongs on standard error. */
export function renderFindings(findings: readonly Finding<BuildFindingCode | ConfigurationFindingCode>[]): string {
  return findings
    .map(({ severity, code, message }) => `${severity === "error" ? "✗" : "!"} ${message} [${code}]`)
    .join("\n");
}
