import { join } from "node:path";
import { createInstalledVersion, isPackageName } from "./installed-packages.ts";

/** Exactly one version of one package. */
export interface PackageVersion {
  readonly name: string;
  readonly version: string;
}

/** Gives the folder from which Node's `require` finds exactly this version, or undefined where it is not installed. */
export type FindPackage = (wanted: PackageVersion) => string | undefined;

export const isExactVersion = (version: string): boolean =>
  /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/.test(version);

/** Whether a folder can be made for it, and stays where it is made. */
export const isInstallable = ({ name, version }: PackageVersion): boolean =>
  isPackageName(name) && isExactVersion(version);

/** Below the project's folder: versions that its own node_modules does not have, each with a node_modules of its own. */
export const packagesOf = (project: string): string => join(project, ".local/packages");

export const folderOf = (project: string, { name, version }: PackageVersion): string =>
  join(packagesOf(project), `${name.replace("/", "+")}@${version}`);

/** The project's own packages first: what its Actions agree on is there. */
export function createFindPackage(project: string): FindPackage {
  const ofProject = createInstalledVersion(project);
  return (wanted) => {
    if (!isInstallable(wanted)) return undefined;
    if (ofProject(wanted.name) === wanted.version) return project;
    const folder = folderOf(project, wanted);
    return createInstalledVersion(folder)(wanted.name) === wanted.version ? folder : undefined;
  };
}
