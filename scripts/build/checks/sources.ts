import { isFolderName, outputOf, sourceOf } from "../bundle.ts";
import { error, type Finding } from "../finding.ts";
import type { Project } from "../project.ts";

/** Every Action has a name of its own, a source, code that compiles, and a `code:` that points to what is built from it. */
export function checkSources({ actions, tenant }: Project): readonly Finding[] {
  return actions.flatMap(({ action, path, result }, index) => {
    const findings: Finding[] = [];
    const place = tenant.locate([...path, "name"]);
    const first = actions.findIndex((other) => other.action.name === action.name);
    if (first < index) {
      const other = tenant.locate(["actions", first, "name"]);
      const message = `Two Actions are called ${action.name} (the other: ${other}). Rename or remove one.`;
      findings.push(error({ code: "ACTION_NAME_TWICE", place, message }));
    }
    if (!isFolderName(action.name)) {
      const message = `"${action.name}" must be lower-case letters and digits with hyphens between: it names a folder in actions/.`;
      return [...findings, error({ code: "ACTION_NAME_INVALID", place, message })];
    }
    if (action.code !== outputOf(action)) {
      const message = `code is ${action.code}, but ${action.name} is built to ${outputOf(action)}. Write that.`;
      findings.push(error({ code: "ACTION_CODE_PATH", place: tenant.locate([...path, "code"]), message }));
    }
    if (result.kind === "missing") {
      const message = `${action.name} has no source. Create ${sourceOf(action)} or remove the Action.`;
      findings.push(error({ code: "ACTION_SOURCE_MISSING", place, message }));
    }
    if (result.kind === "failed") {
      findings.push(
        ...result.problems.map((problem) =>
          error({ code: "ACTION_DOES_NOT_COMPILE", place: problem.place, message: problem.text }),
        ),
      );
    }
    return findings;
  });
}
