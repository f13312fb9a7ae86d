import { readActionCode, renderOutput, toFolderName } from "../../tenant/action-code.ts";
import { error, type Finding } from "../finding.ts";
import type { Project, ProjectAction } from "../project.ts";
import { severityOf } from "./severity.ts";

/** Every Action has a name of its own, code that can be sent, and a place of its own for what is built of it. */
export function checkSources(project: Project): readonly Finding[] {
  const { actions, tenant } = project;
  return actions.flatMap((entry, index) => {
    const { action, path, result } = entry;
    const place = tenant.locate([...path, "name"]);
    const wrong = describeName(action.name);
    const problems = result.kind === "refused" ? result.problems : result.bundle.broken;
    const severity = result.kind === "refused" ? "error" : severityOf(project, entry);
    return [
      ...(wrong === undefined ? [] : [error({ code: "ACTION_NAME_INVALID", place, message: wrong })]),
      ...findDoubles(project, entry, index),
      ...problems.map(
        ({ code, message, place: inFile, field = "name" }): Finding => ({
          severity,
          code,
          place: inFile ?? tenant.locate([...path, field]),
          message,
        }),
      ),
    ];
  });
}

/** Which other names Auth0 refuses is not documented: its answer says so. */
function describeName(name: string): string | undefined {
  const quoted = JSON.stringify(name);
  if (name.trim() === "") return `An Action's name is empty: ${quoted}. Give it one.`;
  if (name !== name.trim()) return `The name ${quoted} begins or ends with a blank, which nobody sees. Leave it out.`;
  if (/\p{Cc}/u.test(name))
    return `The name ${quoted} has a control character, such as the end of a line. Leave it out.`;
  return undefined;
}

function findDoubles({ actions, tenant }: Project, { action, path }: ProjectAction, index: number): readonly Finding[] {
  const firstOf = (is: (other: ProjectAction["action"]) => boolean): number | undefined => {
    const found = actions.findIndex((other) => is(other.action));
    return found < index ? found : undefined;
  };
  const twice = firstOf(({ name }) => name === action.name);
  if (twice !== undefined) {
    const other = tenant.locate(["actions", twice, "name"]);
    const message = `Two Actions are called ${action.name} (the other: ${other}). Rename or remove one.`;
    return [error({ code: "ACTION_NAME_TWICE", place: tenant.locate([...path, "name"]), message })];
  }
  const output = outputOf(action.code);
  const sharing = output === undefined ? undefined : firstOf(({ code }) => outputOf(code) === output);
  if (sharing === undefined) return [];
  const names = `"${actions[sharing]?.action.name}" and "${action.name}"`;
  const message = `${names} would both be built to ${action.code}. Give one of them a folder of its own, and write its name in code, as in ${renderOutput(`${toFolderName(action.name)}-2`)}.`;
  return [error({ code: "ACTION_FOLDER_TWICE", place: tenant.locate([...path, "code"]), message })];
}

/** As a file system without capitals has it. */
function outputOf(path: string): string | undefined {
  const code = readActionCode(path);
  return code.kind === "built" ? code.folder.normalize("NFC").toLowerCase() : undefined;
}
