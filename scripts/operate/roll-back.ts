import type { ManagementClient } from "auth0";
import { usageError } from "../command.ts";
import { awaitLive } from "../deploy/kinds/action/await-live.ts";
import type { LiveAction } from "../deploy/kinds/action/live.ts";
import { splitMarker } from "../deploy/kinds/action/marker.ts";
import type { LiveTenant } from "../deploy/kinds/live-tenant.ts";

/** Actions deployed within this time of the newest one belong to the same deploy. */
const ONE_DEPLOY_MS = 10 * 60_000;

interface Version {
  readonly id: string;
  readonly number: number;
  readonly code: string;
  readonly builtAt: string;
}

export interface RollbackStep {
  readonly action: LiveAction;
  readonly from: number;
  readonly to: Version;
}

/**
 * Which Actions are rolled back, and to which version each. Auth0 makes a new version with the old content: numbers only rise.
 *
 * @param name one Action; without it all of the newest deploy's
 * @param to its version; without it the last one that ran other code
 * @throws {CommandError} ACTION_UNKNOWN, VERSION_UNKNOWN, NOTHING_TO_ROLL_BACK
 */
export async function planRollback(
  management: ManagementClient,
  live: Pick<LiveTenant, "action">,
  ours: readonly string[],
  { name, to }: { readonly name?: string | undefined; readonly to?: number | undefined },
): Promise<readonly RollbackStep[]> {
  const steps: RollbackStep[] = [];
  for (const action of chooseActions(live, ours, name)) {
    const versions = await readVersions(management, action.id);
    const version = chooseVersion(action, versions, to);
    if (version !== undefined) steps.push({ action, from: action.live?.number ?? 0, to: version });
  }
  if (steps.length === 0) {
    throw usageError("NOTHING_TO_ROLL_BACK", "No Action has an earlier version with other code. Nothing was changed.");
  }
  return steps;
}

function chooseActions(
  live: Pick<LiveTenant, "action">,
  ours: readonly string[],
  name: string | undefined,
): readonly LiveAction[] {
  if (name !== undefined) {
    const action = live.action.find((candidate) => candidate.name === name);
    if (action?.live !== undefined) return [action];
    const known = live.action.filter((candidate) => candidate.live !== undefined).map((candidate) => candidate.name);
    throw usageError(
      "ACTION_UNKNOWN",
      `No deployed Action is called "${name}". There is: ${known.join(", ") || "none"}.`,
    );
  }
  const deployed = live.action.filter((action) => ours.includes(action.name) && action.live !== undefined);
  const timeOf = (action: LiveAction) => Date.parse(action.live?.since ?? "");
  const newest = Math.max(...deployed.map(timeOf));
  return deployed.filter((action) => newest - timeOf(action) <= ONE_DEPLOY_MS);
}

function chooseVersion(action: LiveAction, versions: readonly Version[], to: number | undefined): Version | undefined {
  if (to !== undefined) {
    const version = versions.find(({ number }) => number === to);
    if (version !== undefined) return version;
    const known = versions.map(({ number }) => number).join(", ");
    throw usageError("VERSION_UNKNOWN", `${action.name} has no version ${to}. Auth0 still has: ${known}.`);
  }
  const current = splitMarker(action.live?.code ?? "").code;
  return versions
    .filter(({ number, code }) => number < (action.live?.number ?? 0) && splitMarker(code).code !== current)
    .sort((one, other) => other.number - one.number)[0];
}

async function readVersions(management: ManagementClient, id: string): Promise<readonly Version[]> {
  const versions: Version[] = [];
  for await (const version of await management.actions.versions.list(id, { per_page: 50 })) {
    versions.push({
      id: version.id ?? "",
      number: version.number ?? 0,
      code: version.code ?? "",
      builtAt: String(version.built_at ?? version.created_at ?? ""),
    });
  }
  return versions;
}

export interface RolledBack extends RollbackStep {
  /** Of the version that is live now. */
  readonly number: number;
}

/** Deploys each old version anew, and waits until it is what runs. The draft follows, so that the next deploy by hand is not a surprise. */
export async function applyRollback(
  management: ManagementClient,
  steps: readonly RollbackStep[],
): Promise<readonly RolledBack[]> {
  const done: RolledBack[] = [];
  for (const step of steps) {
    const { action, to } = step;
    await management.actions.versions.deploy(action.id, to.id, { update_draft: true });
    await awaitLive([{ action, code: to.code, formerVersion: action.live?.versionId }], {
      management,
      tenant: { action: [action] },
    });
    const { deployed_version: live } = await management.actions.get(action.id);
    done.push({ ...step, number: live?.number ?? 0 });
  }
  return done;
}
