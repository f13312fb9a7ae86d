import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInstalledVersion } from "./installed-packages.ts";
import { explainNpm, PackageError } from "./package-error.ts";
import { folderOf, isInstallable, type PackageVersion, packagesOf } from "./package-folders.ts";
import { runNpm } from "./run-npm.ts";

/**
 * Makes the folder of one version, without running a script of any package. It is whole or not there: it is made beside its place
 * and moved to it.
 *
 * @throws {PackageError}
 */
export async function installPackage(project: string, wanted: PackageVersion, signal: AbortSignal): Promise<void> {
  if (!isInstallable(wanted)) throw explainUninstallable(wanted);
  const folder = folderOf(project, wanted);
  await mkdir(dirname(folder), { recursive: true });
  await removeLeftovers(packagesOf(project));
  const draft = `${folder}.draft-${process.pid}-${randomUUID()}`;
  try {
    await prepare(draft, project);
    const spec = `${wanted.name}@${wanted.version}`;
    const args = [
      "install",
      spec,
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--no-bin-links",
      "--no-package-lock",
    ];
    const answer = await runNpm([...args, "--save-exact", "--prefix", draft], { cwd: draft, signal });
    if (answer.kind === "failed") throw explainNpm(wanted, answer.code);
    await rm(join(draft, ".npmrc"), { force: true });
    await rename(draft, folder).catch(() => replace(draft, folder, wanted));
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function explainUninstallable({ name, version }: PackageVersion): PackageError {
  const message = `${name}@${version} is not a package name and an exact version. Write a version such as 1.2.3.`;
  return new PackageError("DEPENDENCY_NOT_FOUND", message);
}

/** npm reads .npmrc of the folder that it installs in; a link copies no token. */
async function prepare(draft: string, project: string): Promise<void> {
  await mkdir(draft);
  await writeFile(join(draft, "package.json"), '{"private":true}\n');
  const settings = join(project, ".npmrc");
  if (existsSync(settings)) await symlink(settings, join(draft, ".npmrc"));
}

/** Another process may have been first: what it has made is the same. A folder that somebody took something out of gives way. */
async function replace(draft: string, folder: string, { name, version }: PackageVersion): Promise<void> {
  if (createInstalledVersion(folder)(name) === version) return;
  await rm(folder, { recursive: true, force: true });
  await rename(draft, folder);
}

/** Of processes that were killed while they installed. */
async function removeLeftovers(packages: string): Promise<void> {
  const left = (await readdir(packages)).filter((name) => {
    const [, pid] = /\.draft-(\d+)-/.exec(name) ?? [];
    return pid !== undefined && !isRunning(Number(pid));
  });
  await Promise.all(left.map((name) => rm(join(packages, name), { recursive: true, force: true })));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
