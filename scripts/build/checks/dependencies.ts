import { isExactVersion } from "../../../local/auth0/actions/packages/package-folders.ts";
import { error, type Finding, warning } from "../finding.ts";
import { LIMITS } from "../limits.ts";
import { isActionsModule } from "../load/load-actions.ts";
import { listBundles, type Project } from "../project.ts";
import { severityOf } from "./severity.ts";

/**
 * What the platform installs: few, and of what is built here pinned. Code that is sent as it is may be older than any version of today.
 */
export function checkDependencies({ actions, tenant, lockedVersions }: Project): readonly Finding[] {
  return actions.flatMap(({ action, path, result }) => {
    const declared = action.dependencies ?? [];
    const findings: Finding[] = [];
    if (declared.length > LIMITS.dependencies) {
      findings.push(
        error({
          code: "TOO_MANY_DEPENDENCIES",
          place: tenant.locate([...path, "dependencies"]),
          message: `${action.name} has ${declared.length} dependencies. Bundle the small ones instead of declaring them.`,
          limit: `${LIMITS.dependencies} dependencies`,
        }),
      );
    }
    if (result.kind === "bundled" && result.bundle.form === "as it is") return findings;
    declared.forEach(({ name, version = "" }, index) => {
      const place = tenant.locate([...path, "dependencies", index, "version"]);
      const locked = lockedVersions.get(name);
      if (!isExactVersion(version)) {
        const advice = locked
          ? `Write ${locked}, which package-lock.json has.`
          : `"npm view ${name} version" says the latest.`;
        const message = `${name} is not pinned: "${version}" is not an exact version, so two deploys could differ. ${advice}`;
        findings.push(error({ code: "DEPENDENCY_UNPINNED", place, message }));
      } else if (locked !== undefined && locked !== version) {
        const message = `${name} is ${version} here but ${locked} in package-lock.json: ${action.name} and its tests load the first, types are of the second. Write ${locked}, unless it needs the other.`;
        findings.push(warning({ code: "DEPENDENCY_VERSION", place, message }));
      }
    });
    return findings;
  });
}

/** What a bundle loads against what its Action declares. */
export function checkImports(project: Project): readonly Finding[] {
  return listBundles(project).flatMap((entry) => {
    const { action, path, bundle } = entry;
    const severity = severityOf(project, entry);
    const declared = action.dependencies ?? [];
    const files = bundle.imports.filter(({ specifier }) => /^[./]/.test(specifier));
    const undeclared = bundle.imports.filter(
      ({ packageName, specifier }) =>
        !/^[./]/.test(specifier) && !isActionsModule(specifier) && !declared.some(({ name }) => name === packageName),
    );
    const unused = declared.filter(({ name }) => !bundle.imports.some(({ packageName }) => packageName === name));
    return [
      ...files.map(
        ({ specifier, place }): Finding => ({
          severity,
          code: "ACTION_LOADS_FILE",
          place,
          message: `${action.name} loads the file "${specifier}", and an Action is one file: have it built, or put the two together.`,
        }),
      ),
      ...undeclared.map(
        ({ specifier, packageName, place }): Finding => ({
          severity,
          code: "DEPENDENCY_UNDECLARED",
          place,
          message: `${action.name} loads "${specifier}", which the platform would not find. Declare ${packageName} under its dependencies in tenant.yaml, or do without.`,
        }),
      ),
      ...unused.map(({ name }) =>
        warning({
          code: "DEPENDENCY_UNUSED",
          place: project.tenant.locate([...path, "dependencies", declared.findIndex((entry) => entry.name === name)]),
          message: `${bundle.source} never loads ${name}. Remove it: the platform installs it at every deploy.`,
        }),
      ),
    ];
  });
}
