import type { Update, Warning } from "../../plan/change.ts";
import { warnOfEnabled } from "../client/warn-of-enabled.ts";
import type { Planned } from "../record/record-kind.ts";
import { enabledClients } from "./enabled-clients.ts";

/** What closes a database's doors, or opens them. */
export function warnOfDoors(change: Update, planned: Planned): readonly Warning[] {
  const enabled = ((change.members?.add ?? []) as readonly string[]).map((id) =>
    enabledClients.render(id, planned.tenant),
  );
  return [
    ...warnOfClients(change, planned),
    ...warnOfEnabled(change, enabled, planned.tenant),
    ...warnOfSignup(change),
  ];
}

function warnOfSignup({ name, fields }: Update): readonly Warning[] {
  const isOpened = fields.some(
    ({ path, before, after }) => path === "options.disable_signup" && before === true && after !== true,
  );
  return isOpened
    ? [{ code: "SIGNUP_OPENED", message: `${name} is opened: anybody can sign up who reaches the login page.` }]
    : [];
}

/** Databases that let nobody in any more, and clients whose users find no database. */
function warnOfClients(change: Update, planned: Planned): readonly Warning[] {
  const removed = (change.members?.remove ?? []) as readonly string[];
  if (removed.length === 0) return [];
  const enabled = listEnabled(planned);
  const nameOf = (id: string) => enabledClients.render(id, planned.tenant);
  const kept = new Set([...enabled.values()].flat().map(nameOf));
  const lost = removed.map(nameOf).filter((name) => !kept.has(name));
  return [
    ...(enabled.get(change.name)?.length === 0
      ? [
          {
            code: "DATABASE_WITHOUT_CLIENTS" as const,
            message: `${change.name} is enabled for no client any more: nobody can log in with it.`,
          },
        ]
      : []),
    ...lost.map(
      (name): Warning => ({
        code: "CLIENT_WITHOUT_DATABASE",
        message: `${name} loses ${change.name}, and no other database in tenant.yaml is enabled for it: its users cannot log in with a password.`,
      }),
    ),
  ];
}

/** The clients of each database that tenant.yaml names, as they are after the deploy: ids, or names of new ones. */
function listEnabled({ changes, desired, tenant }: Planned): ReadonlyMap<string, readonly string[]> {
  const wanted = (desired.document.databases ?? []).map(
    (entry) => [entry.name, enabledClients.findWanted(entry, tenant) ?? []] as const,
  );
  const present = tenant.database.map(({ id, name, enabledClientIds }) => {
    const update = changes.find((other) => other.operation === "update" && other.id === id);
    const { add = [], remove = [] } = (update?.operation === "update" ? update.members : undefined) ?? {};
    return [
      name,
      [...enabledClientIds.filter((clientId) => !remove.includes(clientId)), ...(add as readonly string[])],
    ] as const;
  });
  return new Map([...wanted, ...present]);
}
