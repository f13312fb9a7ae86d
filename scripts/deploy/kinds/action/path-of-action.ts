import type { Path } from "../../../tenant/shape.ts";
import type { Desired } from "../../plan/desired.ts";

/** Where tenant.yaml says this of an Action. */
export function pathOfAction({ document }: Pick<Desired, "document">, name: string, member: string): Path {
  const index = document.actions?.findIndex((entry) => entry.name === name);
  return ["actions", index ?? -1, member];
}
