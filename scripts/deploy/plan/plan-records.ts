import { CommandError, EXIT } from "../../command.ts";
import { compareFields, type FieldChange } from "../compare/compare-fields.ts";
import type { Fields, LiveTenant } from "../live/live-tenant.ts";
import type { Change, ResourceType, Warning } from "./change.ts";
import type { Desired } from "./desired.ts";
import { buildPatch, omit } from "./patch.ts";

/** Tenant settings, APIs and clients: records that are written with one PATCH. */
export function planRecords(desired: Desired, live: LiveTenant): readonly Change[] {
  return [...planSettings(desired, live), ...planApis(desired, live), ...planClients(desired, live)];
}

function planSettings({ document }: Desired, live: LiveTenant): readonly Change[] {
  if (document.tenant === undefined) return [];
  return planRecord("tenant", "settings", "tenant", document.tenant, live.settings);
}

function planApis({ document }: Desired, live: LiveTenant): readonly Change[] {
  return (document.resourceServers ?? []).flatMap((api) => {
    const present = live.apis.find((candidate) => candidate.identifier === api.identifier);
    return planRecord("api", api.identifier, present?.id, omit(api, "identifier"), present?.fields);
  });
}

function planClients({ document }: Desired, live: LiveTenant): readonly Change[] {
  return (document.clients ?? []).flatMap((client) => {
    const namesakes = live.clients.filter((candidate) => candidate.name === client.name);
    if (namesakes.length > 1) {
      const ids = namesakes.map(({ id }) => id).join(", ");
      throw new CommandError(
        "CLIENT_NAME_AMBIGUOUS",
        `The tenant has ${namesakes.length} clients named "${client.name}" (${ids}). Rename or delete all but the one that is in use, then plan again.`,
        { exitCode: EXIT.usage },
      );
    }
    return planRecord("client", client.name, namesakes[0]?.id, omit(client, "name"), namesakes[0]?.fields);
  });
}

/** A creation without a live record, else an update with what differs, else nothing. */
export function planRecord(
  type: ResourceType,
  name: string,
  id: string | undefined,
  desired: Fields,
  live: Fields | undefined,
): readonly Change[] {
  if (id === undefined || live === undefined) {
    return [{ operation: "create", type, name, fields: describeNew(desired) }];
  }
  const fields = compareFields(desired, live);
  return fields.length === 0
    ? []
    : [{ operation: "update", type, name, id, fields, patch: buildPatch(fields, desired, live) }];
}

export function describeNew(desired: Fields): readonly FieldChange[] {
  return Object.entries(desired).map(([path, after]) => ({ path, before: undefined, after }));
}

/** Changes after which everybody's logins are another matter. */
export function warnOfRecords(changes: readonly Change[]): readonly Warning[] {
  return changes.flatMap((change) => {
    if (change.operation !== "update") return [];
    return change.fields.flatMap((field) => warnOfField(change.type, change.name, field));
  });
}

function warnOfField(type: ResourceType, name: string, { path, before, after }: FieldChange): readonly Warning[] {
  if (type === "api" && path === "enforce_policies" && after === true) {
    return [
      {
        code: "RBAC_SWITCHED_ON",
        message: `RBAC is switched on for ${name}: from the next login or refresh on, tokens carry only scopes that are assigned to the user.`,
      },
    ];
  }
  if (type === "api" && path.startsWith("scopes[") && after === undefined) {
    const scope = path.slice("scopes[".length, -1);
    return [
      {
        code: "SCOPE_DROPPED",
        message: `${scope} of ${name} is dropped: Auth0 takes it from every role and every user that has it, and no deploy can give it back to those users.`,
      },
    ];
  }
  if (/lifetime/.test(path) && typeof before === "number" && typeof after === "number" && after < before) {
    return [
      {
        code: "LIFETIME_SHORTENED",
        message: `${path} of ${name} goes from ${before} to ${after}: sessions or tokens end earlier than clients expect.`,
      },
    ];
  }
  return [];
}
