import type { ActionBuild, ActionDependency } from "../../state/action.ts";
import type { InstalledVersion } from "./installed-packages.ts";

/** How long the platform's work takes here, in milliseconds, and what it finds in its package registry. */
export interface ActionBuildSettings {
  /** A draft waits this long before its build starts. */
  readonly pendingFor: number;
  readonly buildingFor: number;
  /** A build that fails is tried once more after this long. */
  readonly retryingFor: number;
  /** From the answer of a deploy until the version runs, and can be bound. */
  readonly deployingFor: number;
  readonly installedVersion: InstalledVersion;
}

/** At Auth0 a build takes seconds; here just long enough that a client which does not wait for it is found out. */
export const DEFAULT_BUILD_SETTINGS = {
  pendingFor: 10,
  buildingFor: 25,
  retryingFor: 15,
  // Auth0 binds an Action right after its deploy: clients do not wait for it.
  deployingFor: 0,
};

export type BuildStatus = "pending" | "building" | "retrying" | "built" | "failed";

/** A blank version and `latest` become the version of today, as at Auth0, so that a later build is the same. */
export function pinDependencies(
  dependencies: readonly { readonly name: string; readonly version?: string }[],
  { installedVersion }: ActionBuildSettings,
): readonly ActionDependency[] {
  return dependencies.map(({ name, version = "" }) => {
    const isOpen = version === "" || version === "latest";
    return { name, version: isOpen ? (installedVersion(name) ?? "latest") : version };
  });
}

/**
 * Asks for a build of a draft with these dependencies. A build installs dependencies and nothing more: code that does
 * not even parse is built at Auth0, and fails when it runs. So the outcome is known here; when it shows is a matter of
 * the clock alone, which is why a build needs no timer and goes on over a restart of the tenant.
 */
export function planBuild(
  dependencies: readonly ActionDependency[],
  settings: ActionBuildSettings,
  now: number,
): ActionBuild {
  const failures = dependencies.flatMap(({ name, version }) => {
    const installed = settings.installedVersion(name);
    if (installed === version) return [];
    if (installed === undefined) return [`${name} is not installed here; run npm install ${name}@${version}`];
    return [`${name} ${version} is not installed here, but ${installed} is; declare that, or install the other`];
  });
  return { requested_at: now, failures };
}

export function buildStatusAt(
  { requested_at, failures }: ActionBuild,
  { pendingFor, buildingFor, retryingFor }: ActionBuildSettings,
  now: number,
): BuildStatus {
  const timetable: readonly (readonly [BuildStatus, number])[] = [
    ["pending", pendingFor],
    ["building", buildingFor],
    ...(failures.length === 0
      ? []
      : ([
          ["retrying", retryingFor],
          ["building", buildingFor],
        ] as const)),
  ];
  let end = requested_at;
  for (const [status, duration] of timetable) {
    end += duration;
    if (now < end) return status;
  }
  return failures.length === 0 ? "built" : "failed";
}

/** Milliseconds from the request of a build until it is over. */
export function buildDuration({ pendingFor, buildingFor }: ActionBuildSettings): number {
  return pendingFor + buildingFor;
}
