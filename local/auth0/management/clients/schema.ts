import { closed, flag, listOf, orNull, type Properties, text, whole } from "../schema.ts";

import { SHARED_FIELDS } from "./shared-fields.ts";

const CREATE_FIELDS = {
  name: text("Name of this client (min length: 1 character, does not allow `<` or `>`).", {
    minLength: 1,
    pattern: "^[^<>]+$",
  }),
  description: text("Free text description of this client (max length: 140 characters).", { maxLength: 140 }),
  logo_uri: text("URL of the logo to display for this client. Recommended size is 150x150 pixels."),
  callbacks: listOf(
    text(),
    "Comma-separated list of URLs whitelisted for Auth0 to use as a callback to the client after authentication.",
  ),
  allowed_origins: listOf(
    text(),
    "Comma-separated list of URLs allowed to make requests from JavaScript to Auth0 API (typically used with CORS). By default, all your callback URLs will be allowed. This field allows you to enter other origins if necessary. You can also use wildcards at the subdomain level (e.g., https://*.contoso.com). Query strings and hash information are not taken into account when validating these URLs.",
  ),
  web_origins: listOf(
    text(),
    "Comma-separated list of allowed origins for use with <a href='https://auth0.com/docs/cross-origin-authentication'>Cross-Origin Authentication</a>, <a href='https://auth0.com/docs/flows/concepts/device-auth'>Device Flow</a>, and <a href='https://auth0.com/docs/protocols/oauth2#how-response-mode-works'>web message response mode</a>.",
  ),
  client_aliases: listOf(text(), "List of audiences/realms for SAML protocol. Used by the wsfed addon."),
  allowed_clients: listOf(
    text(),
    "List of allow clients and API ids that are allowed to make delegation requests. Empty means all all your clients are allowed.",
  ),
  allowed_logout_urls: listOf(
    text(),
    "Comma-separated list of URLs that are valid to redirect to after logout from Auth0. Wildcards are allowed for subdomains.",
  ),
  grant_types: listOf(text()),
  is_token_endpoint_ip_header_trusted: flag(
    "If true, trust that the IP specified in the `auth0-forwarded-for` header is the end-user's IP for brute-force-protection on token endpoint.",
  ),
  is_first_party: flag("Whether this client a first party client or not"),
  oidc_conformant: flag(
    "Whether this client conforms to <a href='https://auth0.com/docs/api-auth/tutorials/adoption'>strict OIDC specifications</a> (true) or uses legacy features (false).",
  ),
  sso: flag(
    "Applies only to SSO clients and determines whether Auth0 will handle Single Sign On (true) or whether the Identity Provider will (false).",
  ),
  cross_origin_authentication: flag(
    "Whether this client can be used to make cross-origin authentication requests (true) or it is not allowed to make such requests (false).",
  ),
  cross_origin_loc: text(
    "URL of the location in your site where the cross origin verification takes place for the cross-origin auth flow when performing Auth in your own domain instead of Auth0 hosted login page.",
  ),
  sso_disabled: flag(
    "<code>true</code> to disable Single Sign On, <code>false</code> otherwise (default: <code>false</code>)",
  ),
  custom_login_page_on: flag(
    "<code>true</code> if the custom login page is to be used, <code>false</code> otherwise. Defaults to <code>true</code>",
  ),
  custom_login_page: text("The content (HTML, CSS, JS) of the custom login page."),
  custom_login_page_preview: text("The content (HTML, CSS, JS) of the custom login page. (Used on Previews)"),
  form_template: text("HTML form template to be used for WS-Federation."),
  initiate_login_uri: text("Initiate login uri, must be https"),
  require_pushed_authorization_requests: flag(
    "Makes the use of Pushed Authorization Requests mandatory for this client",
  ),
  require_proof_of_possession: flag("Makes the use of Proof-of-Possession mandatory for this client"),
  skip_non_verifiable_callback_uri_confirmation_prompt: flag(),
  par_request_expiry: orNull(
    whole("Specifies how long, in seconds, a Pushed Authorization Request URI remains valid", {
      minimum: 10,
      maximum: 600,
    }),
  ),
  resource_server_identifier: text("The identifier of the resource server that this client is linked to."),
} satisfies Properties;

const UPDATE_FIELDS = {
  name: text("The name of the client. Must contain at least one character. Does not allow '<' or '>'.", {
    minLength: 1,
    pattern: "^[^<>]+$",
  }),
  description: text("Free text description of the purpose of the Client. (Max character length: <code>140</code>)", {
    maxLength: 140,
  }),
  client_secret: text("The secret used to sign tokens for the client"),
  logo_uri: text("The URL of the client logo (recommended size: 150x150)"),
  callbacks: listOf(text(), "A set of URLs that are valid to call back from Auth0 when authenticating users"),
  allowed_origins: listOf(text(), "A set of URLs that represents valid origins for CORS"),
  web_origins: listOf(text(), "A set of URLs that represents valid web origins for use with web message response mode"),
  grant_types: listOf(text()),
  client_aliases: listOf(text(), "List of audiences for SAML protocol"),
  allowed_clients: listOf(
    text(),
    "Ids of clients that will be allowed to perform delegation requests. Clients that will be allowed to make delegation request. By default, all your clients will be allowed. This field allows you to specify specific clients",
  ),
  allowed_logout_urls: listOf(text(), "URLs that are valid to redirect to after logout from Auth0"),
  sso: flag(
    "<code>true</code> to use Auth0 instead of the IdP to do Single Sign On, <code>false</code> otherwise (default: <code>false</code>)",
  ),
  cross_origin_authentication: flag(
    "<code>true</code> if this client can be used to make cross-origin authentication requests, <code>false</code> otherwise if cross origin is disabled",
  ),
  cross_origin_loc: orNull(
    text(
      "URL for the location in your site where the cross origin verification takes place for the cross-origin auth flow when performing Auth in your own domain instead of Auth0 hosted login page.",
    ),
  ),
  sso_disabled: flag(
    "<code>true</code> to disable Single Sign On, <code>false</code> otherwise (default: <code>false</code>)",
  ),
  custom_login_page_on: flag("<code>true</code> if the custom login page is to be used, <code>false</code> otherwise."),
  is_token_endpoint_ip_header_trusted: flag(
    "If true, trust that the IP specified in the `auth0-forwarded-for` header is the end-user's IP for brute-force-protection on token endpoint.",
  ),
  is_first_party: flag("Whether this client a first party client or not"),
  oidc_conformant: flag("Whether this client will conform to strict OIDC specifications"),
  custom_login_page: text("The content (HTML, CSS, JS) of the custom login page"),
  custom_login_page_preview: text(),
  form_template: text("Form template for WS-Federation protocol"),
  initiate_login_uri: text("Initiate login uri, must be https"),
  require_pushed_authorization_requests: flag(
    "Makes the use of Pushed Authorization Requests mandatory for this client",
  ),
  require_proof_of_possession: flag("Makes the use of Proof-of-Possession mandatory for this client"),
  skip_non_verifiable_callback_uri_confirmation_prompt: orNull(flag()),
  par_request_expiry: orNull(
    whole("Specifies how long, in seconds, a Pushed Authorization Request URI remains valid", {
      minimum: 10,
      maximum: 600,
    }),
  ),
} satisfies Properties;

export const CREATE_CLIENT = closed({ ...CREATE_FIELDS, ...SHARED_FIELDS }, ["name"]);
export const UPDATE_CLIENT = closed({ ...UPDATE_FIELDS, ...SHARED_FIELDS });
