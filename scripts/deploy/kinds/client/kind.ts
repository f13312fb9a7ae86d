import type { Management } from "auth0";
import type { TenantDocument } from "../../../tenant/document.ts";
import { omit } from "../../compare/patch.ts";
import { page } from "../collect.ts";
import type { Kind, KindScopes, PlanSides, Wanted } from "../kind.ts";
import type { LiveRecord } from "../live-record.ts";
import { becomes, gains, gainsLike, isSwitchedOff, isSwitchedOn, leaves, weakens } from "../protections.ts";
import { createRecordKind } from "../record/record-kind.ts";
import { refuseEntry, tryAll } from "../refuse-entry.ts";
import { scopesOf } from "../scopes.ts";
import { type DigestPlace, hasRoom } from "../secret-digests.ts";
import { checkIds, checkRegistered } from "./check-ids.ts";
import { refuseAmbiguous } from "./references.ts";

/** They stay out of plans, fingerprints and logs by never being asked for. */
const UNASKED = ["client_secret", "signing_keys", "encryption_key"];
/** Auth0 takes no secret for a client that is made: it gives it one, and another is written afterwards. */
const UNSENT = ["client_secret"];

/** Where people, codes and tokens are sent to. */
const ADDRESSES = /^(callbacks|allowed_logout_urls|allowed_origins|web_origins)$/;
const WITHOUT_SECRETS = { fields: UNASKED.join(), include_fields: false };

/** Auth0 takes it only with credentials whose ids belong to one tenant: the Deploy CLI exports it and sends none of it. */
const EXPORT_ONLY = "token_vault_privileged_access";

/** Never returned, or in another form. */
const DIGESTS: DigestPlace = { field: "client_metadata", covers: [...UNASKED, "client_authentication_methods"] };
/** Each add-on calls its keys and passwords otherwise. */
const SECRETS = [...DIGESTS.covers, ...["secret", "key", "password", "token"].map((word) => `addons.*.*${word}*`)];

export const client: Kind<"client", LiveRecord> = createRecordKind({
  type: "client",
  fixed: ["resource_server_identifier"],
  section: "clients",
  created: { type: "CreateClientRequestContent" },
  identity: ["name"],
  declared: {
    requests: ["CreateClientRequestContent", "UpdateClientRequestContent"],
    answer: "Client",
    isWhole: true,
  },
  scopes: scopesOf("clients"),
  idField: "client_id",
  resolve: (entry) => omit(entry, EXPORT_ONLY),
  fieldsOf: (entry) => omit(entry, "name"),
  secrets: SECRETS,
  digests: DIGESTS,
  unsent: UNSENT,
  mergedFields: [DIGESTS.field],
  protections: [
    weakens(/^token_endpoint_auth_method$/, becomes("none"), "whoever knows its id is this client."),
    weakens(
      /^grant_types$/,
      gains("implicit", "password", "http://auth0.com/oauth/grant-type/password-realm"),
      "tokens are in addresses, or passwords in its hands.",
    ),
    weakens(ADDRESSES, gainsLike(/^http:\/\/(?!localhost\b|127\.|\[::1\])/i), "what is sent there is not encrypted."),
    weakens(ADDRESSES, gainsLike(/\*/), "whoever has a page on any such host is trusted."),
    weakens(/^organization_usage$/, leaves("require"), "people log in to it without an organization."),
    weakens(/^is_first_party$/, isSwitchedOn, "nobody is asked for consent to it any more."),
    weakens(/^jwt_configuration\.alg$/, becomes("HS256"), "whoever has its secret can make ID tokens."),
    weakens(/^oidc_conformant$/, isSwitchedOff, "Auth0 is less strict with it."),
    weakens(/^cross_origin_authentication$/, isSwitchedOn, "its own pages may ask for passwords."),
    weakens(
      /^(require_pushed_authorization_requests|require_proof_of_possession)$/,
      isSwitchedOff,
      "it may ask without.",
    ),
    weakens(/^refresh_token\.rotation_type$/, becomes("non-rotating"), "a stolen refresh token is not noticed."),
    weakens(/^refresh_token\.expiration_type$/, becomes("non-expiring"), "a stolen refresh token is good for ever."),
    weakens(
      /^refresh_token\.infinite_(idle_)?token_lifetime$/,
      isSwitchedOn,
      "a stolen refresh token is good for ever.",
    ),
  ],
  listMoreScopes: listKeyScopes,
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
  check: checkClient,
  noteUnmanaged: ({ id }) => id,
});

function listKeyScopes({ clients = [] }: TenantDocument): Pick<KindScopes, "read" | "write"> {
  const isWritten = clients.some((client) => Object.hasOwn(client, "client_secret"));
  return { read: [], write: isWritten ? ["update:client_keys"] : [] };
}

/** @throws {CommandError} CLIENT_NAME_AMBIGUOUS, CLIENT_NOT_REGISTERED, REFERENCE_UNKNOWN, SECRETS_WITHOUT_ROOM */
function checkClient(wanted: Wanted, namesakes: readonly LiveRecord[], sides: PlanSides): void {
  const [present, ...others] = namesakes;
  if (others.length > 0) throw refuseAmbiguous(wanted.name, wanted.path, namesakes, sides.desired);
  tryAll(
    () => checkIds(wanted, present, sides),
    () => checkRegistered(wanted, present, sides),
    () => present === undefined && checkRoom(wanted, sides),
  );
}

/** @throws {CommandError} SECRETS_WITHOUT_ROOM */
function checkRoom({ name, entry, path }: Wanted, { desired }: PlanSides): void {
  if (entry.client_secret === undefined || hasRoom(DIGESTS, entry, {})) return;
  throw refuseEntry(
    desired,
    [...path, DIGESTS.field],
    "SECRETS_WITHOUT_ROOM",
    `"${name}" is new, and its client_secret is known again by a digest in its metadata, of which Auth0 takes 10 members at the most. Take one out.`,
  );
}
