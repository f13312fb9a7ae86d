import { usageError } from "../../command.ts";
import type { Kind } from "../kinds/kind.ts";
import type { LiveTenant } from "../kinds/live-tenant.ts";
import { KINDS, type ResourceType } from "../kinds/table.ts";
import type { Deletion } from "./change.ts";
import type { Desired } from "./desired.ts";

export interface DeletionRequest {
  readonly type: ResourceType;
  readonly name: string;
  /** Whether there is nothing to do where the tenant does not have it. */
  readonly mayBeGone?: boolean;
}

/** `--allow-delete=action:old-name`. Throws DELETION_MALFORMED. */
export function parseDeletion(text: string): DeletionRequest {
  const [type = "", ...rest] = text.split(":");
  const kind = findDeletable(type);
  const name = rest.join(":").replaceAll(" -> ", " → ");
  if (kind === undefined || name === "") {
    throw usageError(
      "DELETION_MALFORMED",
      `--allow-delete takes <type>:<name>, with one of ${listDeletableTypes().join(", ")} as the type; got "${text}".`,
    );
  }
  return { type: kind.type, name };
}

/** Exactly what was named, each looked up: a name that is not there, or that tenant.yaml wants, stops the deploy. */
export function planDeletions(
  desired: Desired,
  live: LiveTenant,
  requests: readonly DeletionRequest[],
): readonly Deletion[] {
  const losses = listLosses(desired, live);
  return requests.flatMap(({ type, name, mayBeGone }): readonly Deletion[] => {
    if (losses.some((loss) => loss.type === type && loss.name === name)) {
      return [{ operation: "delete", type, name, id: name, fields: [] }];
    }
    const isWanted = findDeletable(type)
      ?.listWanted(desired, live)
      .some((wanted) => wanted.name === name);
    if (isWanted === true) {
      throw usageError(
        "DELETION_WANTED",
        `tenant.yaml has ${type} "${name}": take it out there first, or leave it out of --allow-delete.`,
      );
    }
    const found = live[type].filter((candidate) => candidate.name === name && candidate.isSystem !== true);
    const [only] = found;
    if (only === undefined && mayBeGone) return [];
    if (only === undefined || found.length > 1) {
      throw usageError(
        "DELETION_UNKNOWN",
        `The tenant has ${found.length === 0 ? "no" : `${found.length}`} ${type} "${name}": --allow-delete must name exactly one.`,
      );
    }
    return [{ operation: "delete", type, name, id: only.id, fields: [] }];
  });
}

/**
 * A list of tenant.yaml that lacks what the tenant has asks for a deletion, which nobody may carry out unasked.
 *
 * @throws {CommandError} DELETION_NEEDED naming each
 */
export function checkLosses(desired: Desired, live: LiveTenant, requests: readonly DeletionRequest[]): void {
  const unasked = listLosses(desired, live).filter(
    ({ type, name }) => !requests.some((request) => request.type === type && request.name === name),
  );
  if (unasked.length === 0) return;
  const rows = unasked.map(({ type, name }) => `  --allow-delete="${type}:${name}"`);
  throw usageError(
    "DELETION_NEEDED",
    `Nothing was sent: lists of tenant.yaml do not have what the tenant has, and nothing is deleted that was not named.\n${rows.join("\n")}\nPass that, or write what is to stay into tenant.yaml.`,
  );
}

function listLosses(desired: Desired, live: LiveTenant): readonly Pick<DeletionRequest, "type" | "name">[] {
  return KINDS.flatMap((kind) =>
    (kind.listLosses?.(desired, live[kind.type], live) ?? []).map(({ name }) => ({ type: kind.type, name })),
  );
}

/** Kinds that `--allow-delete` can name. */
function listDeletableTypes(): readonly ResourceType[] {
  return KINDS.filter((kind) => kind.delete !== undefined).map(({ type }) => type);
}

function findDeletable(type: string): Kind | undefined {
  return KINDS.find((kind) => kind.type === type && kind.delete !== undefined);
}
