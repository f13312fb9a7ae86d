import type { Management } from "auth0";
import { omit } from "../../compare/patch.ts";
import { page } from "../collect.ts";
import type { Kind } from "../kind.ts";
import { listPartsOf } from "../list-parts.ts";
import type { LiveRecord } from "../live-record.ts";
import { becomes, isSwitchedOff, isSwitchedOn, weakens } from "../protections.ts";
import { createRecordKind } from "../record/record-kind.ts";
import { scopesOf } from "../scopes.ts";
import { isNarrowing, narrowScopes, widenScopes } from "./narrow-scopes.ts";
import { warnOfScopes } from "./warn.ts";

/** Known by its identifier: its name is a field like others. */
export const api: Kind<"api", LiveRecord> = createRecordKind({
  type: "api",
  section: "resourceServers",
  created: { type: "CreateResourceServerRequestContent" },
  identity: ["identifier"],
  declared: {
    requests: ["CreateResourceServerRequestContent", "UpdateResourceServerRequestContent"],
    answer: "ResourceServer",
    isWhole: true,
  },
  scopes: scopesOf("resource_servers"),
  nameOf: ({ identifier }) => String(identifier),
  fieldsOf: (entry) => omit(entry, "identifier"),
  secrets: ["signing_secret"],
  list: ({ resourceServers }) => resourceServers.list(page()),
  toLive: ({ id = "", identifier = "", is_system, ...fields }: Management.ResourceServer) => ({
    id,
    name: identifier,
    isSystem: is_system === true,
    fields: { ...fields },
  }),
  get: ({ resourceServers }, id) => resourceServers.get(id),
  post: ({ resourceServers }, body) =>
    resourceServers.create(body as unknown as Management.CreateResourceServerRequestContent),
  patch: ({ resourceServers }, id, fields) =>
    resourceServers.update(id, fields as Management.UpdateResourceServerRequestContent),
  delete: ({ resourceServers }, id) => resourceServers.delete(id),
  limitPatch: widenScopes,
  listParts: (wanted) => listPartsOf(wanted, [{ at: "scopes", key: "value", label: "scope" }]),
  last: { isLast: isNarrowing, write: narrowScopes },
  warn: warnOfScopes,
  protections: [
    weakens(/^signing_alg$/, becomes("HS256"), "whoever can check a token can make one."),
    weakens(
      /^skip_consent_for_verifiable_first_party_clients$/,
      isSwitchedOn,
      "clients of your own ask for no consent.",
    ),
    weakens(/^allow_offline_access$/, isSwitchedOn, "clients get refresh tokens, which outlive a session."),
    weakens(
      /^subject_type_authorization\.\w+\.policy$/,
      becomes("allow_all"),
      "clients get its tokens without a grant.",
    ),
    weakens(/^proof_of_possession\.required$/, isSwitchedOff, "a stolen token can be used by whoever has it."),
  ],
});
