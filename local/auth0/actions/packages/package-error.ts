import type { PackageVersion } from "./package-folders.ts";

/** Stable, for scripts: docs/errors.md says what to do about each. */
export type PackageErrorCode = "DEPENDENCY_NOT_FOUND" | "DEPENDENCY_NOT_INSTALLED" | "DEPENDENCY_OFFLINE";

/** Why a package is not there, and what to do. */
export class PackageError extends Error {
  readonly code: PackageErrorCode;

  constructor(code: PackageErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** What npm answers when it was told not to look anywhere, or could not. */
const OFFLINE = new Set([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTCACHED",
  "ENOTFOUND",
  "ERR_SOCKET_TIMEOUT",
  "ETIMEDOUT",
  "FETCH_ERROR",
]);
const UNKNOWN = new Set(["E404", "ETARGET", "EINVALIDPACKAGENAME", "EINVALIDTAGNAME"]);

/**
 * @param npmCode what npm calls it. Its sentence stays out: it may quote the registry's address, with a password in it.
 */
export function explainNpm({ name, version }: PackageVersion, npmCode: string): PackageError {
  const wanted = `${name}@${version}`;
  if (OFFLINE.has(npmCode)) {
    return new PackageError(
      "DEPENDENCY_OFFLINE",
      `${wanted} is not on this machine, and npm cannot reach a registry (${npmCode}). Try again online.`,
    );
  }
  if (UNKNOWN.has(npmCode)) {
    return new PackageError(
      "DEPENDENCY_NOT_FOUND",
      `npm knows no ${wanted} (${npmCode}). Declare a version that "npm view ${name} versions" lists.`,
    );
  }
  return new PackageError(
    "DEPENDENCY_NOT_INSTALLED",
    `npm could not install ${wanted} (${npmCode}). Run "npm install ${wanted}" in an empty folder to see why.`,
  );
}
