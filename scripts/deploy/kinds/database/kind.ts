import type { Management } from "auth0";
import { omit } from "../../compare/patch.ts";
import { collect, take } from "../collect.ts";
import type { Kind, TenantReader } from "../kind.ts";
import { closes, falls, isSwitchedOff, isSwitchedOn, shrinks, weakens } from "../protections.ts";
import { createRecordKind } from "../record/record-kind.ts";
import { tryAll } from "../refuse-entry.ts";
import { scopesOf } from "../scopes.ts";
import { checkEnabledClients, enabledClients, type LiveDatabase } from "./enabled-clients.ts";
import { listPushedOut } from "./option-groups.ts";
import { checkOptionsRead, listOptionScopes } from "./options.ts";
import { checkHasher, withHasher, withoutMissingHasher } from "./password-hash.ts";
import { warnOfDoors } from "./warn.ts";

const CONFIGURATION = ["options.configuration.*"];

/** Connections of the strategy auth0. */
export const database: Kind<"database", LiveDatabase> = createRecordKind({
  type: "database",
  section: "databases",
  created: { type: "CreateConnectionRequestContent", filledIn: ["strategy"] },
  identity: ["name"],
  declared: {
    requests: [
      "CreateConnectionRequestContentAuth0",
      "UpdateConnectionRequestContentAuth0",
      "UpdateConnectionRequestContent",
    ],
    answer: "ConnectionForList",
    isWhole: true,
  },
  scopes: scopesOf("connections"),
  listMoreScopes: listOptionScopes,
  resolve: withHasher,
  fieldsOf: (entry) => omit(entry, "name", "strategy", "enabled_clients"),
  // Values for the scripts of the database; Auth0 returns them encrypted.
  secrets: CONFIGURATION,
  digests: { field: "metadata", covers: CONFIGURATION, isEncrypted: true },
  list: ({ connections }) => connections.list({ ...take(), strategy: ["auth0"] }),
  toLive,
  get: ({ connections }, id) => connections.get(id),
  // Nothing but what tenant.yaml has: the Deploy CLI would add defaults of its schema that are not Auth0's.
  toBody: async (entry, { tenant }) => ({
    ...withoutMissingHasher(omit(entry, "enabled_clients"), tenant),
    strategy: "auth0",
  }),
  post: ({ connections }, body) => connections.create(body as unknown as Management.CreateConnectionRequestContent),
  patch: ({ connections }, id, fields) => connections.update(id, fields as Management.UpdateConnectionRequestContent),
  delete: ({ connections }, id) => connections.delete(id),
  check: (wanted, records, sides) => {
    tryAll(
      () => checkOptionsRead(wanted, records, sides),
      () => checkEnabledClients(wanted, sides),
      () => checkHasher(wanted, sides.desired, sides.tenant),
    );
  },
  listPushedOut,
  members: enabledClients,
  warn: warnOfDoors,
  protections: [
    weakens(
      /^options\.passwordPolicy$/,
      falls("none", "low", "fair", "good", "excellent"),
      "weaker passwords are taken.",
    ),
    weakens(/^options\.password_complexity_options\.min_length$/, shrinks, "weaker passwords are taken from now on."),
    weakens(/^options\.mfa\.active$/, isSwitchedOff, "nobody is asked for a second factor by it any more."),
    weakens(/^is_domain_connection$/, isSwitchedOn, "clients of others can use it."),
    weakens(/^options\.brute_force_protection$/, isSwitchedOff, "passwords can be guessed as often as anybody likes."),
    weakens(
      /^options\.(password_history|password_no_personal_info|password_dictionary)\.enable$/,
      isSwitchedOff,
      "weaker passwords are taken.",
    ),
    closes(
      /^options\.disable_self_service_change_password$/,
      isSwitchedOn,
      "whoever forgets the password cannot set a new one.",
    ),
  ],
});

/** Enabled clients, a request each, are read of those databases only that tenant.yaml names. */
async function toLive(
  { id = "", name = "", ...fields }: Management.ConnectionForList,
  { document, management }: TenantReader,
): Promise<LiveDatabase> {
  const isNamed = (document.databases ?? []).some((wanted) => wanted.name === name);
  const enabled = isNamed ? await collect(management.connections.clients.get(id, take())) : [];
  return { id, name, fields: { ...fields }, enabledClientIds: enabled.map(({ client_id }) => client_id).sort() };
}
