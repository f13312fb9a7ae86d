import { CommandError, EXIT } from "../../command.ts";
import type { LiveTenant } from "../live/live-tenant.ts";
import type { Deletion, ResourceType } from "./change.ts";
import type { Desired } from "./desired.ts";

/** Kinds that `--allow-delete` can name. */
export const DELETABLE_TYPES = ["api", "client", "client-grant", "role", "database", "action"] as const;
type DeletableType = (typeof DELETABLE_TYPES)[number];

export interface DeletionRequest {
  readonly type: DeletableType;
  readonly name: string;
}

/** `--allow-delete=action:old-name`. Throws DELETION_MALFORMED. */
export function parseDeletion(text: string): DeletionRequest {
  const [type = "", ...rest] = text.split(":");
  const known = DELETABLE_TYPES.find((candidate) => candidate === type);
  const name = rest.join(":");
  if (known === undefined || name === "") {
    throw new CommandError(
      "DELETION_MALFORMED",
      `--allow-delete takes <type>:<name>, with one of ${DELETABLE_TYPES.join(", ")} as the type; got "${text}".`,
      { exitCode: EXIT.usage },
    );
  }
  return { type: known, name };
}

/** Exactly what was named, each looked up: a name that is not there, or that tenant.yaml wants, stops the deploy. */
export function planDeletions(
  desired: Desired,
  live: LiveTenant,
  requests: readonly DeletionRequest[],
): readonly Deletion[] {
  return requests.map(({ type, name }) => {
    if (listWanted(desired, type).includes(name)) {
      throw new CommandError(
        "DELETION_WANTED",
        `tenant.yaml has ${type} "${name}": take it out there first, or leave it out of --allow-delete.`,
        { exitCode: EXIT.usage },
      );
    }
    const found = listPresent(live, type).filter((candidate) => candidate.name === name);
    const [only] = found;
    if (only === undefined || found.length > 1) {
      throw new CommandError(
        "DELETION_UNKNOWN",
        `The tenant has ${found.length === 0 ? "no" : `${found.length}`} ${type} "${name}": --allow-delete must name exactly one.`,
        { exitCode: EXIT.usage },
      );
    }
    return { operation: "delete", type, name, id: only.id, fields: [] };
  });
}

function listWanted({ document }: Desired, type: DeletableType): readonly string[] {
  const wanted: Record<DeletableType, readonly string[]> = {
    api: (document.resourceServers ?? []).map(({ identifier }) => identifier),
    client: (document.clients ?? []).map(({ name }) => name),
    "client-grant": (document.clientGrants ?? []).map(({ client_id, audience }) => `${client_id} → ${audience}`),
    role: (document.roles ?? []).map(({ name }) => name),
    database: (document.databases ?? []).map(({ name }) => name),
    action: (document.actions ?? []).map(({ name }) => name),
  };
  return wanted[type];
}

function listPresent(live: LiveTenant, type: DeletableType): readonly { readonly id: string; readonly name: string }[] {
  const clientName = (id: string) => live.clients.find((client) => client.id === id)?.name ?? id;
  const present: Record<DeletableType, readonly { readonly id: string; readonly name: string }[]> = {
    api: live.apis.filter(({ isSystem }) => !isSystem).map(({ id, identifier }) => ({ id, name: identifier })),
    client: live.clients,
    "client-grant": live.clientGrants.map(({ id, clientId, audience }) => ({
      id,
      name: `${clientName(clientId)} → ${audience}`,
    })),
    role: live.roles,
    database: live.databases,
    action: live.actions,
  };
  return present[type];
}

export function isDeletable(type: ResourceType): type is DeletableType {
  return DELETABLE_TYPES.some((candidate) => candidate === type);
}
