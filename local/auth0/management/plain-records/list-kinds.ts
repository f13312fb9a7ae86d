import { PAGE_QUERY } from "../paging.ts";
import type { JsonSchema } from "../validation.ts";
import { checkNetworkAcl } from "./check-network-acl.ts";
import type { Fields } from "./fields.ts";
import { planVerification } from "./plan-verification.ts";

/**
 * The kinds of resources that this tenant stores and answers, and does nothing else with. What a login, a job or a mail
 * follows has a file of its own instead. Statuses, envelopes and first values are those of recorded traffic where there is
 * some (the public recordings of auth0-deploy-cli), else of the types of auth0 7.1.
 */

/** Records of one kind, each under an id. */
export interface ListKind {
  readonly path: `/${string}`;
  /** The member that holds the rows in an answer with totals or checkpoints; bare arrays have none. */
  readonly envelope?: string;
  /** How the list is asked for: by page and number of rows, by checkpoint, by either, or all at once. */
  readonly paging: "page" | "checkpoint" | "both" | "none";
  /** What the ids start with, as at Auth0. */
  readonly idPrefix: string;
  /** Of what follows it, as recorded. */
  readonly idLength?: 21 | 22;
  /** What a 400 says of an id that has not this form, with `{id}` in its place; without it, nothing has such an id. */
  readonly malformed?: string;
  /** The member that holds the id, where it is not `id`. */
  readonly idField?: string;
  /** `create:`, `read:`, `update:` and `delete:` stand before it. */
  readonly scope: string;
  readonly create: string;
  readonly update: string;
  /** PUT, where the API has it beside PATCH. */
  readonly replace?: string;
  /** Members that the API adds to a new record. */
  readonly initial?: Fields;
  /** Members that the API makes of those that a new record was given. */
  readonly derive?: (fields: Fields) => Fields;
  /** Whether a PATCH merges below the first level. */
  readonly merge?: "deep";
  /** No two records may have the same value in these members. */
  readonly unique?: readonly string[];
  /** Of a POST; 201 if it is not given. */
  readonly createdStatus?: 200 | 201;
  /** The body of a DELETE, with 200; without it, 204. */
  readonly deleted?: object;
  /** Members that answers leave out: secrets, `.` between levels. */
  readonly hidden?: readonly string[];
  /** Shown as `********`. */
  readonly masked?: readonly string[];
  /** Members that a list leaves out, and the record by its id has. */
  readonly detail?: readonly string[];
  /** Query parameters by which a list is filtered: members of the record. */
  readonly filters?: Readonly<Record<string, JsonSchema>>;
  /** Whether a list takes `q`, a query in Lucene's syntax. */
  readonly isSearched?: true;
  /** Whether a list takes `sort`. */
  readonly isSorted?: true;
  /** Query parameters that are taken and change nothing here: they add to an answer what this tenant does not count. */
  readonly ignored?: Readonly<Record<string, JsonSchema>>;
  /** Whether the body of a POST says the id. */
  readonly idFromBody?: true;
  readonly isListed?: false;
  readonly canBeDeleted?: false;
  readonly hasNoDates?: true;
  /** The scope that a POST asks for, where it is another. */
  readonly createScope?: string;
  readonly missing?: Missing;
  /** Whether the deletion of what is not there is a 404; without it, it is answered like any other. */
  readonly isDeletedOnce?: true;
  /** Refuses with 400 what the schema of the body lets pass. */
  readonly check?: (fields: Fields) => void;
}

/** What a 404 says, with `{id}` in the place of the id that was asked for. */
export interface Missing {
  readonly message: string;
  readonly errorCode?: string;
}

/** Recorded, also for `/branding/themes/default`. */
export const THEME_MISSING: Missing = {
  message: "There was an error retrieving branding settings: invalid theme ID",
  errorCode: "theme_not_found",
};

const list = (kind: Omit<ListKind, "paging"> & Partial<Pick<ListKind, "paging">>): ListKind => ({
  paging: "page",
  ...kind,
});

const FLAG: JsonSchema = { type: "boolean" };
const HYDRATE: JsonSchema = { type: "array", items: { type: "string" } };

export const LIST_KINDS: readonly ListKind[] = [
  list({
    path: "/rules",
    envelope: "rules",
    idPrefix: "rul_",
    scope: "rules",
    create: "CreateRuleRequestContent",
    update: "UpdateRuleRequestContent",
    initial: { enabled: true, order: 1, stage: "login_success" },
    filters: { enabled: FLAG },
    unique: ["name"],
    hasNoDates: true,
  }),
  list({
    path: "/hooks",
    envelope: "hooks",
    idPrefix: "",
    scope: "hooks",
    create: "CreateHookRequestContent",
    update: "UpdateHookRequestContent",
    initial: { enabled: false },
    filters: { enabled: FLAG, triggerId: { type: "string" } },
    unique: ["name"],
    hasNoDates: true,
    hidden: ["secrets"],
    isDeletedOnce: true,
  }),
  list({
    path: "/network-acls",
    envelope: "network_acls",
    idPrefix: "acl_",
    idLength: 22,
    malformed: "Network ACL id is not a valid ACL ID in the form 'acl_XXXXXXXXXXXXXXXXXXXXXX'",
    scope: "network_acls",
    create: "CreateNetworkAclRequestContent",
    update: "UpdateNetworkAclRequestContent",
    replace: "SetNetworkAclRequestContent",
    unique: ["priority"],
    check: checkNetworkAcl,
    deleted: { code: 204, object: "" },
    isDeletedOnce: true,
  }),
  list({
    path: "/user-attribute-profiles",
    envelope: "user_attribute_profiles",
    paging: "checkpoint",
    idPrefix: "uap_",
    idLength: 22,
    scope: "user_attribute_profiles",
    create: "CreateUserAttributeProfileRequestContent",
    update: "UpdateUserAttributeProfileRequestContent",
    hasNoDates: true,
  }),
  list({
    path: "/connection-profiles",
    envelope: "connection_profiles",
    paging: "checkpoint",
    idPrefix: "cop_",
    idLength: 22,
    scope: "connection_profiles",
    create: "CreateConnectionProfileRequestContent",
    update: "UpdateConnectionProfileRequestContent",
    hasNoDates: true,
  }),
  list({
    path: "/rate-limit-policies",
    envelope: "rate_limit_policies",
    paging: "checkpoint",
    idPrefix: "rlp_",
    idLength: 21,
    scope: "rate_limit_policies",
    create: "CreateRateLimitPolicyRequestContent",
    update: "PatchRateLimitPolicyRequestContent",
    unique: ["consumer_selector"],
    filters: { resource: { type: "string" }, consumer: { type: "string" }, consumer_selector: { type: "string" } },
  }),
  list({
    path: "/custom-domains",
    envelope: "custom_domains",
    paging: "both",
    isSearched: true,
    isSorted: true,
    idPrefix: "cd_",
    idField: "custom_domain_id",
    scope: "custom_domains",
    create: "CreateCustomDomainRequestContent",
    update: "UpdateCustomDomainRequestContent",
    // Nobody can point a name of theirs here, so it stays unverified.
    initial: { primary: false, is_default: false, status: "pending_verification" },
    derive: planVerification,
    hasNoDates: true,
    unique: ["domain"],
  }),
  list({
    path: "/self-service-profiles",
    envelope: "self_service_profiles",
    idPrefix: "ssp_",
    idLength: 22,
    scope: "self_service_profiles",
    missing: { message: "Profile with ID: {id} not found" },
    create: "CreateSelfServiceProfileRequestContent",
    update: "UpdateSelfServiceProfileRequestContent",
  }),
  list({
    path: "/token-exchange-profiles",
    envelope: "token_exchange_profiles",
    paging: "checkpoint",
    idPrefix: "tep_",
    scope: "token_exchange_profiles",
    missing: { message: "Token exchange profile not found." },
    create: "CreateTokenExchangeProfileRequestContent",
    update: "UpdateTokenExchangeProfileRequestContent",
    unique: ["subject_token_type"],
  }),
  list({
    path: "/log-streams",
    paging: "none",
    idPrefix: "lst_",
    scope: "log_streams",
    create: "CreateLogStreamRequestContent",
    update: "UpdateLogStreamRequestContent",
    initial: { status: "active", isPriority: false },
    // The auth0 CLI sends it. A tenant has too few streams for a second page.
    ignored: { per_page: PAGE_QUERY.per_page ?? {} },
    masked: ["sink.mixpanelServiceAccountPassword"],
    hasNoDates: true,
    createdStatus: 200,
  }),
  list({
    path: "/flows/vault/connections",
    envelope: "connections",
    idPrefix: "ac_",
    idLength: 22,
    scope: "flows_vault_connections",
    missing: { message: "Connection not found" },
    create: "CreateFlowsVaultConnectionRequestContent",
    update: "UpdateFlowsVaultConnectionRequestContent",
    initial: { ready: true },
    hidden: ["setup"],
    isDeletedOnce: true,
  }),
  list({
    path: "/flows",
    envelope: "flows",
    idPrefix: "af_",
    idLength: 22,
    scope: "flows",
    missing: { message: "Flow not found" },
    create: "CreateFlowRequestContent",
    update: "UpdateFlowRequestContent",
    detail: ["actions"],
    ignored: { hydrate: HYDRATE, synchronous: FLAG },
    isDeletedOnce: true,
  }),
  list({
    path: "/forms",
    envelope: "forms",
    idPrefix: "ap_",
    idLength: 22,
    scope: "forms",
    missing: { message: "Form not found" },
    create: "CreateFormRequestContent",
    update: "UpdateFormRequestContent",
    detail: ["messages", "languages", "translations", "nodes", "start", "ending", "style"],
    ignored: { hydrate: HYDRATE },
    isDeletedOnce: true,
  }),
  list({
    path: "/event-streams",
    envelope: "eventStreams",
    paging: "checkpoint",
    idPrefix: "est_",
    idLength: 22,
    malformed:
      "Path validation error: 'Object didn't pass validation for format event-stream-id: {id}' on property id (Unique identifier for the event stream).",
    scope: "event_streams",
    create: "EventStreamsCreateRequest",
    update: "UpdateEventStreamRequestContent",
    initial: { status: "enabled" },
    hidden: [
      "destination.configuration.webhook_authorization.password",
      "destination.configuration.webhook_authorization.token",
      "destination.configuration.webhook_authorization.header_value",
    ],
  }),
  list({
    path: "/branding/phone/providers",
    envelope: "providers",
    paging: "none",
    idPrefix: "pro_",
    idLength: 22,
    scope: "phone_providers",
    create: "CreateBrandingPhoneProviderRequestContent",
    update: "UpdateBrandingPhoneProviderRequestContent",
    initial: { channel: "phone", disabled: false },
    filters: { disabled: FLAG },
    unique: ["channel"],
    hidden: ["credentials"],
    isDeletedOnce: true,
  }),
  list({
    path: "/branding/phone/templates",
    envelope: "templates",
    paging: "none",
    idPrefix: "tem_",
    idLength: 22,
    scope: "phone_templates",
    create: "CreatePhoneTemplateRequestContent",
    update: "UpdatePhoneTemplateRequestContent",
    initial: { channel: "phone" },
    filters: { disabled: FLAG },
    merge: "deep",
    unique: ["type"],
    isDeletedOnce: true,
  }),
  list({
    path: "/branding/themes",
    paging: "none",
    idPrefix: "",
    idField: "themeId",
    // Auth0's list of scopes has no create:branding; a theme is made with the scope that changes one.
    scope: "branding",
    create: "CreateBrandingThemeRequestContent",
    update: "UpdateBrandingThemeRequestContent",
    createdStatus: 200,
    isListed: false,
    hasNoDates: true,
    createScope: "update:branding",
    missing: THEME_MISSING,
    isDeletedOnce: true,
  }),
  list({
    path: "/email-templates",
    paging: "none",
    idPrefix: "",
    idField: "template",
    scope: "email_templates",
    create: "CreateEmailTemplateRequestContent",
    update: "UpdateEmailTemplateRequestContent",
    replace: "SetEmailTemplateRequestContent",
    createdStatus: 200,
    idFromBody: true,
    isListed: false,
    canBeDeleted: false,
    hasNoDates: true,
    missing: { message: "The template does not exist.", errorCode: "inexistent_email_template" },
  }),
];

/** The list kind at a path. */
export function getListKind(path: string): ListKind {
  const kind = LIST_KINDS.find((candidate) => candidate.path === path);
  if (kind === undefined) throw new Error(`there is no kind of record at ${path}`);
  return kind;
}
