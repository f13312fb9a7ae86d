import { copyFile, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { packagesOf } from "../../../local/auth0/actions/packages/package-folders.ts";
import { buildProject } from "../../build/build-project.ts";
import type { Finding } from "../../build/finding.ts";
import type { TenantAction } from "../../tenant/document.ts";
import type { Environment } from "../../tenant/read-environment.ts";
import { parseTenant, type TenantFile } from "../../tenant/read-tenant.ts";

interface BuildOptions {
  /** The project's folder. */
  readonly directory: string;
  /** Where the files are that the text names. */
  readonly draft: string;
  /** A tenant.yaml that has what is adopted, and nothing else. */
  readonly text: string;
  readonly environment: Environment;
}

export interface Refusals {
  /** Actions that the build refuses, by their names. */
  readonly actions: ReadonlyMap<string, string>;
  /** What else it says. */
  readonly others: readonly string[];
}

/** What the build would refuse of what is adopted: a plan begins with it, and ends there for one Action of all. */
export async function tryBuild({ directory, draft, text, environment }: BuildOptions): Promise<Refusals> {
  const path = join(draft, "tenant.yaml");
  await writeFile(path, text);
  await Promise.all([
    copyFile(join(directory, "package-lock.json"), join(draft, "package-lock.json")).catch(() =>
      writeFile(join(draft, "package-lock.json"), "{}"),
    ),
    symlink(join(directory, "node_modules"), join(draft, "node_modules")).catch(() => {}),
    linkPackages(directory, draft),
  ]);
  const { findings } = await buildProject(draft, environment);
  const tenant = parseTenant(text, path);
  const actions = new Map<string, string>();
  const others: string[] = [];
  for (const finding of findings.filter(({ severity }) => severity === "error")) {
    const action = findAction(finding, tenant);
    const said = describeRefusal(finding);
    if (action === undefined) others.push(said);
    else if (!actions.has(action.name)) actions.set(action.name, said);
  }
  return { actions, others };
}

/** What is installed to look at the draft is there for the project. */
async function linkPackages(directory: string, draft: string): Promise<void> {
  await mkdir(packagesOf(directory), { recursive: true });
  await mkdir(dirname(packagesOf(draft)), { recursive: true });
  await symlink(packagesOf(directory), packagesOf(draft)).catch(() => {});
}

export const describeRefusal = ({ message, code }: Finding): string => `${message} [${code}]`;

/** A finding is at a line of tenant.yaml, or in the file of an Action. */
function findAction({ place }: Finding, { document, locate }: TenantFile): TenantAction | undefined {
  const actions = document.actions ?? [];
  const line = lineOf(place);
  if (line === undefined) return actions.find(({ code }) => `./${place}`.startsWith(code));
  const starts = actions.map((_, index) => lineOf(locate(["actions", index])) ?? 0);
  const end = Math.max(
    0,
    ...actions.map((_, index) => lineOf(locate(["actions", index, "supported_triggers", 0, "version"])) ?? 0),
  );
  return line > end ? undefined : actions[starts.findLastIndex((start) => start <= line)];
}

function lineOf(place: string): number | undefined {
  const line = /^tenant\.yaml:(\d+)$/.exec(place)?.[1];
  return line === undefined ? undefined : Number(line);
}
