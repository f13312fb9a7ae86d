import { choice, closed, flag, listOf, open, orNull, type Properties, text } from "../schema.ts";

import { OPTIONS } from "./options-schema.ts";

export const STRATEGIES =
  "ad adfs amazon apple dropbox bitbucket auth0-oidc auth0 baidu bitly box custom daccount dwolla email evernote-sandbox evernote exact facebook fitbit github google-apps google-oauth2 instagram ip line linkedin oauth1 oauth2 office365 oidc okta paypal paypal-sandbox pingfederate planningcenter salesforce-community salesforce-sandbox salesforce samlp sharepoint shopify shop sms soundcloud thirtysevensignals twitter untappd vkontakte waad weibo windowslive wordpress yahoo yandex notion-mcp asana atlassian cloudflare-mcp gitlab hubspot-mcp linear-mcp sentry-mcp slack".split(
    " ",
  );

const COMMON_FIELDS = {
  is_domain_connection: flag(
    "<code>true</code> promotes to a domain-level connection so that third-party applications can use it. <code>false</code> does not promote the connection, so only first-party applications with the connection enabled can use it. (Defaults to <code>false</code>.)",
  ),
  show_as_button: flag(
    "Enables showing a button for the connection in the login page (new experience only). If false, it will be usable only by HRD. (Defaults to <code>false</code>.)",
  ),
  realms: listOf(
    text(),
    "Defines the realms for which the connection will be used (ie: email domains). If the array is empty or the property is not specified, the connection name will be added as realm.",
  ),
  metadata: open(
    {},
    "Metadata associated with the connection in the form of an object with string values (max 255 chars).  Maximum of 10 metadata properties allowed.",
  ),
  authentication: closed(
    { active: flag() },
    ["active"],
    "Configure the purpose of a connection to be used for authentication during login.",
  ),
  connected_accounts: closed(
    { active: flag(), cross_app_access: flag(), allow_missing_user_id: flag() },
    ["active"],
    "Configure the purpose of a connection to be used for connected accounts and Token Vault.",
  ),
  cross_app_access_requesting_app: closed(
    { active: flag() },
    ["active"],
    "Configure the connection to be used as a Requesting Application for Cross App Access.",
  ),
} satisfies Properties;

const RESOURCE_APP = closed(
  {
    status: choice(
      ["enabled", "disabled"],
      "Set to `enabled` to accept ID-JAGs from this connection's identity provider to issue access tokens to other connected applications.",
    ),
  },
  ["status"],
  "Cross App Access - Resource App settings that apply to this connection.",
);

const CREATE_FIELDS = {
  name: text(
    "The name of the connection. Must start and end with an alphanumeric character and can only contain alphanumeric characters and '-'. Max length 128",
    { maxLength: 128, pattern: "^[a-zA-Z0-9](-[a-zA-Z0-9]|[a-zA-Z0-9])*$" },
  ),
  display_name: text("Connection name used in the new universal login experience", { maxLength: 128 }),
  strategy: choice(STRATEGIES, "The identity provider identifier for the connection"),
  options: OPTIONS,
  enabled_clients: listOf(
    text(),
    "Use of this property is NOT RECOMMENDED. Use the PATCH /v2/connections/{id}/clients endpoint to enable the connection for a set of clients.",
  ),
  ...COMMON_FIELDS,
  cross_app_access_resource_app: RESOURCE_APP,
} satisfies Properties;

const UPDATE_FIELDS = {
  display_name: text(
    "The connection name used in the new universal login experience. If display_name is not included in the request, the field will be overwritten with the name value.",
  ),
  options: orNull(OPTIONS),
  enabled_clients: orNull(
    listOf(
      text(),
      "DEPRECATED property. Use the PATCH /v2/connections/{id}/clients endpoint to enable or disable the connection for any clients.",
    ),
  ),
  ...COMMON_FIELDS,
  cross_app_access_resource_app: orNull(RESOURCE_APP),
} satisfies Properties;

export const CREATE_CONNECTION = closed(CREATE_FIELDS, ["name", "strategy"]);
export const UPDATE_CONNECTION = closed(UPDATE_FIELDS);
/** Body of `PATCH /connections/{id}/clients`. */
export const CONNECTION_CLIENTS = {
  type: "array",
  minItems: 1,
  maxItems: 50,
  items: closed(
    {
      client_id: text("The client_id of the client to be the subject to change status"),
      status: flag("Whether the connection is enabled or not for this client_id"),
    },
    ["client_id", "status"],
  ),
};
