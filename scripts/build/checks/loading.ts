import { error, type Finding, warning } from "../finding.ts";
import type { MissingPackage } from "../load/collect-packages.ts";
import type { Missing } from "../load/load-actions.ts";
import type { LoadedBundle } from "../load/messages.ts";
import { LOAD_TIMEOUT_MS } from "../load/run-loading.ts";
import type { Project, ProjectAction } from "../project.ts";
import { severityOf } from "./severity.ts";

/** Whether the code of each Action can be loaded, as the platform does before it calls a handler. */
export function checkLoading(project: Project): readonly Finding[] {
  return project.actions.flatMap((entry): readonly Finding[] => {
    const { action, loaded, result } = entry;
    if (result.kind !== "bundled" || loaded === undefined || loaded.kind === "loaded") return [];
    const place = result.bundle.source;
    if (loaded.kind === "left out") {
      const packages = loaded.missing.filter((one) => one.kind === "package");
      // The project's own code, which nothing else has looked at then.
      if (result.bundle.form !== "as it is" && packages.length > 0) return packages.map(explainPackage(project, entry));
      const message = `${action.name} was not loaded, so its handlers are not checked, and it does not run here: ${loaded.missing.map(describeMissing).join("; ")}.`;
      return [warning({ code: "ACTION_NOT_LOADED", place, message })];
    }
    return [{ severity: severityOf(project, entry), place, ...explainFailure(action.name, loaded) }];
  });
}

const describeMissing = (missing: Missing): string =>
  missing.kind === "module" ? `${missing.specifier} is a module of the tenant` : missing.why.message.replace(/\.$/, "");

const explainPackage =
  ({ tenant }: Project, { action, path }: ProjectAction) =>
  ({ name, why }: MissingPackage): Finding => {
    const index = (action.dependencies ?? []).findIndex((dependency) => dependency.name === name);
    const place = tenant.locate([...path, "dependencies", index, "version"]);
    return error({ code: why.code, place, message: `${action.name} was not loaded: ${why.message}` });
  };

function explainFailure(
  name: string,
  loaded: Exclude<LoadedBundle, { kind: "loaded" }>,
): Pick<Finding, "code" | "message" | "limit"> {
  switch (loaded.kind) {
    case "threw":
      return {
        code: "ACTION_DOES_NOT_LOAD",
        message: `Loading ${name} fails, so every execution would: ${loaded.message}`,
      };
    case "ended":
      return {
        code: "ACTION_ENDS_PROCESS",
        message: `Loading ${name} ends the process that it runs in (${loaded.how}), so every execution would. What does that, in its source or in a package, must go.`,
      };
    case "stuck":
      return {
        code: "ACTION_LOAD_TIMEOUT",
        message: `Loading ${name} does not end, so no execution would begin. Look for a loop outside its handler, also in its packages.`,
        limit: `${LOAD_TIMEOUT_MS / 1000} seconds`,
      };
  }
}
