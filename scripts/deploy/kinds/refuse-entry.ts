import { type CommandError, usageError } from "../../command.ts";
import type { ErrorCode } from "../../error-codes.ts";
import { type Path, renderPath } from "../../tenant/shape.ts";
import type { Desired } from "../plan/desired.ts";

/** Where something stands in tenant.yaml: with its line, if the file is at hand. */
export function placeOf({ locate }: Pick<Desired, "locate">, path: Path): string {
  return locate === undefined ? renderPath(path) : `${locate(path)} ${renderPath(path)}`;
}

/** Of something in tenant.yaml that no deploy can bring about. Nothing was sent: plans only read. */
export function refuseEntry(
  desired: Pick<Desired, "locate">,
  path: Path,
  code: ErrorCode,
  message: string,
): CommandError {
  return usageError(code, `${placeOf(desired, path)}: ${message}`);
}
