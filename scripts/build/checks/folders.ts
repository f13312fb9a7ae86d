import { renderOutput } from "../../tenant/action-code.ts";
import { type Finding, warning } from "../finding.ts";
import type { Project } from "../project.ts";

/** What stands in actions/ is part of an Action, or waits to be. */
export function checkFolders({ idleFolders }: Project): readonly Finding[] {
  return idleFolders.map((name) => {
    const message = `No Action of tenant.yaml is made from this folder. Add one with code: ${renderOutput(name)}, remove the folder, or name it in a comment in tenant.yaml if it waits.`;
    return warning({ code: "ACTION_FOLDER_UNUSED", place: `actions/${name}`, message });
  });
}
