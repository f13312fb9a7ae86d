import { choice, closed, flag, listOf, orNull, text } from "../schema.ts";

export const CREATE_CLIENT_GRANT = closed(
  {
    client_id: text("ID of the client."),
    audience: text("The audience (API identifier) of this client grant", { minLength: 1 }),
    default_for: choice(["third_party_clients"]),
    organization_usage: choice(
      ["deny", "allow", "require"],
      "Defines whether organizations can be used with client credentials exchanges for this grant.",
    ),
    allow_any_organization: flag(
      "If enabled, any organization can be used with this grant. If disabled (default), the grant must be explicitly assigned to the desired organizations.",
    ),
    scope: listOf(text(), "Scopes allowed for this client grant."),
    subject_type: choice(
      ["client", "user", "anonymous_user"],
      "The type of application access the client grant allows.",
    ),
    authorization_details_types: listOf(text(), "Types of authorization_details allowed for this client grant."),
    allow_all_scopes: flag("If enabled, all scopes configured on the resource server are allowed for this grant."),
  },
  ["audience"],
);

export const UPDATE_CLIENT_GRANT = closed({
  scope: orNull(listOf(text(), "Scopes allowed for this client grant.")),
  organization_usage: orNull(
    choice(["deny", "allow", "require"], "Controls how organizations may be used with this grant"),
  ),
  allow_any_organization: orNull(flag("Controls allowing any organization to be used with this grant")),
  authorization_details_types: listOf(text(), "Types of authorization_details allowed for this client grant."),
  allow_all_scopes: orNull(
    flag("If enabled, all scopes configured on the resource server are allowed for this grant."),
  ),
});
