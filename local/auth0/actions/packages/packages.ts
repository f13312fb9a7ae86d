import { installPackage } from "./install-package.ts";
import { createInstalledVersion, isPackageName } from "./installed-packages.ts";
import { explainNpm } from "./package-error.ts";
import { createFindPackage, type FindPackage, isExactVersion, type PackageVersion } from "./package-folders.ts";
import { runNpm } from "./run-npm.ts";

/** The packages that Actions of a project can load. */
export interface Packages {
  readonly find: FindPackage;
  /** @throws {PackageError} when it is not there and cannot be had; an AbortError after `close` */
  ensure(wanted: PackageVersion): Promise<void>;
  /** The version that a blank one or `latest` stands for: the project's own, else the registry's. @throws {PackageError} */
  findLatest(name: string): Promise<string>;
  /** Ends what is being installed. */
  close(): void;
}

/** @param project its folder: node_modules, and below `.local` what that does not have */
export function createPackages(project: string): Packages {
  const find = createFindPackage(project);
  const ofProject = createInstalledVersion(project);
  const stopped = new AbortController();
  const underWay = new Map<string, Promise<void>>();

  const install = async (wanted: PackageVersion): Promise<void> => {
    try {
      await installPackage(project, wanted, stopped.signal);
    } catch (error) {
      stopped.signal.throwIfAborted();
      throw error;
    }
    if (find(wanted) === undefined) throw explainNpm(wanted, "another version came");
  };

  return {
    find,
    async ensure(wanted) {
      if (find(wanted) !== undefined) return;
      const key = `${wanted.name}@${wanted.version}`;
      const running = underWay.get(key) ?? install(wanted).finally(() => underWay.delete(key));
      underWay.set(key, running);
      await running;
    },
    async findLatest(name) {
      const installed = ofProject(name);
      if (installed !== undefined) return installed;
      const wanted = { name, version: "latest" };
      if (!isPackageName(name)) throw explainNpm(wanted, "EINVALIDPACKAGENAME");
      const answer = await runNpm(["view", `${name}@latest`, "version"], { cwd: project, signal: stopped.signal });
      if (answer.kind === "failed") throw explainNpm(wanted, answer.code);
      const version: unknown = JSON.parse(answer.output);
      if (typeof version !== "string" || !isExactVersion(version)) throw explainNpm(wanted, "no version was answered");
      return version;
    },
    close: () => stopped.abort(),
  };
}
