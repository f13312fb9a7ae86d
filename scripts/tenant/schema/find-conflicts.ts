import { valueAt } from "../paths.ts";
import type { CodedProblem } from "../problem.ts";
import { isMapping, type Path } from "../shape.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What cannot stand together in an entry of a section. */
interface Rule {
  readonly section: string;
  /** Undefined when it does not hold; else the member that is in the way, and why. */
  find(entry: Fields): { readonly at: Path; readonly message: string } | undefined;
}

/** The former rules of passwords, beside which `password_options` cannot stand. */
const LEGACY_PASSWORDS = [
  "passwordPolicy",
  "password_complexity_options",
  "password_history",
  "password_no_personal_info",
  "password_dictionary",
];
const CHARACTER_TYPES = ["uppercase", "lowercase", "number", "special"];
/** Of connections: what identity providers by OpenID Connect have alone. */
const OIDC_OPTIONS = [
  "token_endpoint_auth_signing_alg",
  "id_token_signed_response_algs",
  "token_endpoint_jwtca_aud_format",
  "id_token_session_expiry_supported",
];
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What the Deploy CLI refuses before it sends anything, beside its schema (auth0-deploy-cli, `validate` of its handlers). */
const RULES: readonly Rule[] = [
  {
    section: "clientGrants",
    find({ client_id, default_for }) {
      if (client_id === undefined && default_for === undefined) return { at: [], message: '"client_id" is missing' };
      if (client_id === undefined || default_for === undefined) return undefined;
      return { at: ["default_for"], message: "cannot stand beside client_id: take one of them out" };
    },
  },
  {
    section: "clientGrants",
    find: ({ allow_all_scopes, scope }) =>
      allow_all_scopes === true && listOf(scope).length > 0
        ? { at: ["scope"], message: "cannot stand beside allow_all_scopes: take one of them out" }
        : undefined,
  },
  {
    section: "resourceServers",
    find: ({ name }) =>
      name === "Auth0 Management API"
        ? { at: ["name"], message: "is Auth0's own API, which nobody can change: take the entry out" }
        : undefined,
  },
  {
    section: "databases",
    find({ options }) {
      if (valueAt(options, ["password_options"]) === undefined) return undefined;
      const former = LEGACY_PASSWORDS.find((name) => isMapping(options) && Object.hasOwn(options, name));
      const message = "says the same as password_options, beside which Auth0 does not take it: take one of them out";
      return former === undefined ? undefined : { at: ["options", former], message };
    },
  },
  {
    section: "databases",
    find({ options }) {
      const at = ["options", "password_options", "complexity", "character_type_rule"];
      const types = listOf(valueAt(options, ["password_options", "complexity", "character_types"]));
      if (valueAt({ options }, at) !== "three_of_four" || CHARACTER_TYPES.every((type) => types.includes(type)))
        return undefined;
      return { at, message: `needs all of character_types: ${CHARACTER_TYPES.join(", ")}` };
    },
  },
  {
    section: "databases",
    find({ options }) {
      const attributes = valueAt(options, ["attributes"]);
      if (!isMapping(attributes)) return undefined;
      const isActive = (name: string) => valueAt(attributes, [name, "identifier", "active"]) === true;
      if (!["email", "username", "phone_number"].some(isActive)) {
        return { at: ["options", "attributes"], message: "need one of them whose identifier.active is true" };
      }
      return isActive("email") && valueAt(attributes, ["email", "unique"]) === false
        ? { at: ["options", "attributes", "email", "unique"], message: "cannot be false where email is an identifier" }
        : undefined;
    },
  },
  {
    section: "connections",
    find({ strategy, options }) {
      const option = OIDC_OPTIONS.find((name) => isMapping(options) && Object.hasOwn(options, name));
      return option === undefined || strategy === "oidc" || strategy === "okta"
        ? undefined
        : { at: ["options", option], message: `is for the strategies oidc and okta, not for ${String(strategy)}` };
    },
  },
  {
    section: "selfServiceProfiles",
    find: ({ user_attribute_profile_id, user_attributes }) =>
      user_attribute_profile_id !== undefined && listOf(user_attributes).length > 0
        ? { at: ["user_attributes"], message: "cannot stand beside user_attribute_profile_id: take one of them out" }
        : undefined,
  },
];

export function findConflicts(document: Fields): readonly CodedProblem[] {
  return [
    ...RULES.flatMap(({ section, find }) =>
      listEntries(section, document[section]).flatMap(({ entry, path }) => {
        const found = find(entry);
        return found === undefined ? [] : [malformed([...path, ...found.at], found.message)];
      }),
    ),
    ...findSecondDefault(document.customDomains),
  ];
}

function findSecondDefault(domains: unknown): readonly CodedProblem[] {
  const [, second] = listEntries("customDomains", domains).filter(({ entry }) => entry.is_default === true);
  return second === undefined
    ? []
    : [malformed([...second.path, "is_default"], "is true of another domain as well: there is one default")];
}

function listEntries(section: string, value: unknown): readonly { readonly entry: Fields; readonly path: Path }[] {
  const entries = Array.isArray(value)
    ? value.map((entry: unknown, index) => ({ entry, path: [section, index] }))
    : [{ entry: value, path: [section] }];
  return entries.flatMap(({ entry, path }) => (isMapping(entry) ? [{ entry, path }] : []));
}

const malformed = (path: Path, message: string): CodedProblem => ({ code: "TENANT_MALFORMED", path, message });
