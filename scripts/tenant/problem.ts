import { type CommandError, usageError } from "../command.ts";
import type { ErrorCode } from "../error-codes.ts";
import { type Problem, renderPath } from "./shape.ts";
import type { TenantSource } from "./source.ts";

/** What is wrong with one place of the tenant file, under a stable code. */
export interface CodedProblem extends Problem {
  readonly code: ErrorCode;
  /** The name is wrong, not what stands behind it. */
  readonly part?: "key";
}

/** All of them at once, each with its line; under their own code, or TENANT_REFUSED when they have several. */
export function refuseProblems(
  problems: readonly CodedProblem[],
  { locate, file }: Pick<TenantSource, "locate" | "file">,
): CommandError {
  const codes = [...new Set(problems.map(({ code }) => code))];
  const lines = problems.map(
    ({ code, path, part, message }) =>
      `  ${locate(path, part)} ${renderPath(path)}: ${message}${codes.length > 1 ? ` [${code}]` : ""}`,
  );
  const [code] = codes;
  return usageError(
    codes.length === 1 && code !== undefined ? code : "TENANT_REFUSED",
    `${file} cannot be deployed as it is:\n${lines.join("\n")}`,
  );
}
