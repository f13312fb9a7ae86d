import type { Management } from "auth0";
import { omit } from "../../compare/patch.ts";
import { page } from "../collect.ts";
import type { Kind, PlanSides, Wanted } from "../kind.ts";
import type { LiveRecord } from "../live-record.ts";
import { createRecordKind } from "../record/record-kind.ts";
import { scopesOf } from "../scopes.ts";
import { refuseAmbiguous } from "./references.ts";

/** They stay out of plans, fingerprints and logs by never being asked for. */
const UNASKED = ["client_secret", "signing_keys", "encryption_key"];
const WITHOUT_SECRETS = { fields: UNASKED.join(), include_fields: false };

/** Each add-on calls its keys and passwords otherwise. */
const SECRETS = [
  ...UNASKED,
  "client_authentication_methods",
  "jwt_configuration.secret_encoded",
  ...["secret", "key", "password", "token"].map((word) => `addons.*.*${word}*`),
];

export const client: Kind<"client", LiveRecord> = createRecordKind({
  type: "client",
  section: "clients",
  scopes: scopesOf("clients"),
  idField: "client_id",
  fieldsOf: (entry) => omit(entry, "name"),
  secrets: SECRETS,
  list: ({ clients }) => clients.list({ ...page(), is_global: false, ...WITHOUT_SECRETS }),
  toLive: ({ client_id = "", name = "", ...fields }: Management.Client) => ({
    id: client_id,
    name,
    fields: { ...fields },
  }),
  get: ({ clients }, id) => clients.get(id, WITHOUT_SECRETS),
  post: ({ clients }, body) => clients.create(body as unknown as Management.CreateClientRequestContent),
  patch: ({ clients }, id, fields) => clients.update(id, fields as Management.UpdateClientRequestContent),
  delete: ({ clients }, id) => clients.delete(id),
  check: checkOnlyOne,
  noteUnmanaged: ({ id }) => id,
});

function checkOnlyOne({ name, path }: Wanted, namesakes: readonly LiveRecord[], { desired }: PlanSides): void {
  if (namesakes.length > 1) throw refuseAmbiguous(name, path, namesakes, desired);
}
