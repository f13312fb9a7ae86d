import { describeCertificate } from "./describe-certificate.ts";

type Options = Readonly<Record<string, unknown>>;

/** What Auth0 adds where a request says nothing of it: to a new connection, and to options that replace others. */
interface Completion {
  readonly created: Options;
  readonly changed?: Options;
}

const OIDC = { schema_version: "oidc-V4" };
const BASIC_PROFILE = { mapping_mode: "basic_profile" };
const BIND_ALL = { mapping_mode: "bind_all" };
const GOOGLE = { email: true, profile: true, scope: ["email", "profile"] };

/** Of providers outside, by strategy: as terraform-provider-auth0 and go-auth0 recorded them. */
const COMPLETIONS: Readonly<Record<string, Completion>> = {
  ad: { created: { brute_force_protection: true } },
  adfs: {
    created: { thumbprints: [], should_trust_email_verified_connection: "always_set_emails_as_verified" },
  },
  "google-apps": {
    created: { ...GOOGLE, handle_login_from_social: true, map_user_id_to_id: false },
    changed: GOOGLE,
  },
  oidc: {
    created: { ...OIDC, type: "front_channel", attribute_map: BIND_ALL, connection_settings: { pkce: "auto" } },
    changed: { ...OIDC, attribute_map: BIND_ALL, connection_settings: { pkce: "disabled" } },
  },
  okta: {
    created: { ...OIDC, type: "back_channel", attribute_map: BASIC_PROFILE, connection_settings: { pkce: "auto" } },
    changed: { ...OIDC, attribute_map: BASIC_PROFILE, connection_settings: { pkce: "disabled" } },
  },
  samlp: {
    created: { assertion_decryption_settings: { algorithm_profile: "v2026-1", algorithm_exceptions: [] } },
  },
  waad: {
    created: {
      identity_api: "microsoft-identity-platform-v2.0",
      should_trust_email_verified_connection: "never_set_emails_as_verified",
      useCommonEndpoint: false,
      use_wsfed: false,
      waad_common_endpoint: false,
      waad_protocol: "openid-connect",
    },
    changed: { waad_common_endpoint: false },
  },
};

/** Options as they are kept once a connection has been created or changed with them. */
export function completeOptions(strategy: string, given: Options, moment: keyof Completion): Options {
  const added = COMPLETIONS[strategy]?.[moment] ?? {};
  if (strategy !== "samlp" && strategy !== "pingfederate") return fillIn(given, added);
  const { signingCert, ...others } = given;
  const described = describeCertificate(signingCert);
  // PingFederate's is kept under its other name alone.
  const isMoved = strategy === "pingfederate" && described !== undefined;
  return { ...fillIn(isMoved ? others : given, { ...added, ...described }), ...pingEndpoint(strategy, given) };
}

/** Behind what was given: an export that is imported again says the same in the same order. */
function fillIn(given: Options, added: Options): Options {
  return { ...given, ...Object.fromEntries(Object.entries(added).filter(([name]) => !Object.hasOwn(given, name))) };
}

function pingEndpoint(strategy: string, { pingFederateBaseUrl, signInEndpoint }: Options): Options {
  if (strategy !== "pingfederate" || pingFederateBaseUrl === undefined || signInEndpoint !== undefined) return {};
  return { signInEndpoint: pingFederateBaseUrl };
}

/** Members beside the options that a new connection of a company's provider has. */
export function planEnterprise(name: string, strategy: string): Options {
  if (strategy !== "pingfederate" && COMPLETIONS[strategy] === undefined) return {};
  return { show_as_button: false, ...(NAMED.has(strategy) && { display_name: name }) };
}

/** Strategies whose connections are shown by their name where they are given no other. */
const NAMED: ReadonlySet<string> = new Set(["oidc", "okta", "waad"]);
