import { error, type Finding } from "../finding.ts";
import { RUNTIMES } from "../limits.ts";
import type { Project } from "../project.ts";

export function checkRuntime({ actions, tenant }: Project): readonly Finding[] {
  const known = [...RUNTIMES.keys()].join(" or ");
  return actions.flatMap(({ action, path }) => {
    if (action.runtime !== undefined && RUNTIMES.has(action.runtime)) return [];
    const found = action.runtime === undefined ? "names no runtime" : `asks for the runtime "${action.runtime}"`;
    const place = tenant.locate([...path, "runtime"]);
    return [error({ code: "RUNTIME_UNKNOWN", place, message: `${action.name} ${found}. Write ${known}.` })];
  });
}
