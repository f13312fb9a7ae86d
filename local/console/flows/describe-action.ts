import { findLiveVersion, listVersions, type VersionRecords } from "../../auth0/actions/build/versions.ts";
import type { Action, ActionContent, ActionVersion } from "../../auth0/state/action.ts";

export interface ActionSummary {
  readonly id: string;
  readonly name: string;
  /** The live version's number; absent for an Action that was never deployed. */
  readonly version?: number;
  /** Of the code, UTF-8. */
  readonly bytes: number;
  readonly runtime: string;
  /** `stripe@23.1.0` */
  readonly dependencies: readonly string[];
  /** Names only. */
  readonly secrets: readonly string[];
}

/** What runs; of an Action that was never deployed, its draft. */
export function describeAction(tenant: VersionRecords, action: Action): ActionSummary {
  const live = findLiveVersion(tenant, action);
  return {
    id: action.id,
    name: action.name,
    ...(live !== undefined && { version: live.number }),
    ...describeContent(live ?? action.draft),
  };
}

function describeContent({ code, runtime, dependencies, secrets }: ActionContent) {
  return {
    bytes: Buffer.byteLength(code),
    runtime,
    dependencies: dependencies.map(({ name, version }) => `${name}@${version}`),
    secrets: secrets.map(({ name }) => name),
  };
}

export interface VersionView {
  readonly number: number;
  readonly deployedAt: string;
  readonly bytes: number;
  readonly isLive: boolean;
}

/** The newest first. */
export function describeVersions(tenant: VersionRecords, action: Action): readonly VersionView[] {
  const live = findLiveVersion(tenant, action);
  return listVersions(tenant, action).map(({ id, number, built_at, code }) => ({
    number,
    deployedAt: built_at,
    bytes: Buffer.byteLength(code),
    isLive: id === live?.id,
  }));
}

export const findVersion = (tenant: VersionRecords, action: Action, number: string): ActionVersion | undefined =>
  listVersions(tenant, action).find((version) => String(version.number) === number);
