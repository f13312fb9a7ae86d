import { CommandError, EXIT } from "../../command.ts";
import type { ErrorCode } from "../../error-codes.ts";
import { type Path, renderPath } from "../../tenant/shape.ts";
import type { Desired } from "../plan/desired.ts";

interface Refusal {
  readonly code: ErrorCode;
  /** Where in tenant.yaml, as placeOf renders it. */
  readonly place: string;
  readonly message: string;
}

/** Entries of tenant.yaml that no deploy can bring about. Nothing was sent: plans only read. */
class EntriesRefused extends CommandError {
  readonly refusals: readonly Refusal[];

  constructor(refusals: readonly Refusal[]) {
    const [first] = refusals;
    const isOfOneCode = refusals.every(({ code }) => code === first?.code);
    const rows = refusals.map(({ code, place, message }) => `  ${place}: ${message}${isOfOneCode ? "" : ` [${code}]`}`);
    super(
      isOfOneCode && first !== undefined ? first.code : "TENANT_REFUSED",
      `Nothing was sent: tenant.yaml cannot be deployed as it is.\n${rows.join("\n")}`,
      { exitCode: EXIT.usage },
    );
    this.refusals = refusals;
  }
}

/** Where something stands in tenant.yaml: with its line, if the file is at hand. */
export function placeOf({ locate }: Pick<Desired, "locate">, path: Path): string {
  return locate === undefined ? renderPath(path) : `${locate(path)} ${renderPath(path)}`;
}

export function refuseEntry(
  desired: Pick<Desired, "locate">,
  path: Path,
  code: ErrorCode,
  message: string,
): CommandError {
  return new EntriesRefused([{ code, place: placeOf(desired, path), message }]);
}

/** Each of these checks, whichever of them refuse, which is said together. */
export function tryAll(...checks: readonly (() => void)[]): void {
  tryEach(checks, (check) => check());
}

/** Does this with each, whichever of them are refused, and refuses those together. */
export function tryEach<T, R>(list: readonly T[], work: (one: T, index: number) => R): readonly R[] {
  const refusals: Refusal[] = [];
  const results = list.flatMap((one, index) => {
    try {
      return [work(one, index)];
    } catch (error) {
      if (!(error instanceof EntriesRefused)) throw error;
      refusals.push(...error.refusals);
      return [];
    }
  });
  if (refusals.length > 0) throw new EntriesRefused(refusals);
  return results;
}
