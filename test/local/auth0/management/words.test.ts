import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { listEndpoints } from "../../../../local/auth0/management/resources.ts";
import { unimplemented } from "../../../../local/auth0/management/unimplemented/unimplemented.ts";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import type { Tenant } from "../../../../local/auth0/tenant.ts";
import { call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";

/** What the log calls a call that writes: the summaries of the operations in Auth0's OpenAPI description. */
const SUMMARIES = `
  PATCH /tenants/settings: Update tenant settings
  POST /clients: Create a client
  PATCH /clients/:id: Update a client
  DELETE /clients/:id: Delete a client
  POST /clients/:id/rotate-secret: Rotate a client secret
  POST /client-grants: Create client grant
  PATCH /client-grants/:id: Update a client grant
  DELETE /client-grants/:id: Delete client grant
  POST /resource-servers: Create a resource server
  PATCH /resource-servers/:id: Update a resource server
  DELETE /resource-servers/:id: Delete a resource server
  POST /connections: Create a connection
  PATCH /connections/:id: Update a connection
  DELETE /connections/:id: Delete a connection
  PATCH /connections/:id/clients: Update enabled clients for a connection
  DELETE /connections/:id/users: Delete a connection user
  POST /keys/signing/rotate: Rotate the application signing key
  PUT /keys/signing/:kid/revoke: Revoke an application signing key by its key id
  POST /actions/actions: Create an action
  PATCH /actions/actions/:id: Update an action
  DELETE /actions/actions/:id: Delete an action
  POST /actions/actions/:id/deploy: Deploy an action
  POST /actions/actions/:actionId/versions/:id/deploy: Roll back to a previous action version
  PATCH /actions/triggers/:triggerId/bindings: Update trigger bindings
  POST /actions/modules: Create an action module
  PATCH /actions/modules/:id: Update an action module
  DELETE /actions/modules/:id: Delete an action module
  POST /actions/modules/:id/versions: Publish an action module version
  POST /actions/modules/:id/rollback: Roll back an action module
  POST /organizations/:id/invitations: Create invitations to an organization
  DELETE /organizations/:id/invitations/:invitationId: Delete an invitation to an organization
  POST /organizations/:id/discovery-domains: Create an organization discovery domain
  PATCH /organizations/:id/discovery-domains/:domainId: Update an organization discovery domain
  DELETE /organizations/:id/discovery-domains/:domainId: Delete an organization discovery domain
  POST /organizations/:id/client-grants: Associate a client grant with an organization
  DELETE /organizations/:id/client-grants/:grantId: Remove a client grant from an organization
  POST /organizations/:id/clients: Associate clients with an organization
  PATCH /organizations/:id/clients/:clientId: Update an organization client
  DELETE /organizations/:id/clients: Remove clients from an organization
  POST /organizations/:id/members: Add members to an organization
  DELETE /organizations/:id/members: Delete members from an organization
  POST /organizations/:id/members/:userId/roles: Assign one or more roles to a given user that will be applied in the context of the provided organization
  DELETE /organizations/:id/members/:userId/roles: Remove one or more roles from a given user in the context of the provided organization
  POST /organizations/:id/connections: Create an Organization Connection
  PATCH /organizations/:id/connections/:connectionId: Update an Organization Connection
  DELETE /organizations/:id/connections/:connectionId: Delete an Organization Connection
  POST /organizations/:id/enabled_connections: Add connections to an organization
  PATCH /organizations/:id/enabled_connections/:connectionId: Modify an Organizations Connection
  DELETE /organizations/:id/enabled_connections/:connectionId: Delete connections from an organization
  POST /organizations: Create an Organization
  PATCH /organizations/:id: Modify an Organization
  DELETE /organizations/:id: Delete organization
  POST /tickets/email-verification: Create an email verification ticket
  POST /tickets/password-change: Create a password change ticket
  POST /jobs/verification-email: Send an email address verification email
  POST /jobs/users-exports: Create export users job
  POST /jobs/users-imports: Create import users job
  POST /users/:id/identities: Link a user account
  DELETE /users/:id/identities/:provider/:userId: Unlink a user identity
  POST /users/:id/permissions: Assign permissions to a user
  DELETE /users/:id/permissions: Remove permissions from a user
  POST /users/:id/roles: Assign roles to a user
  DELETE /users/:id/roles: Removes roles from a user
  POST /users: Create a User
  PATCH /users/:id: Update a User
  DELETE /users/:id: Delete a User
`;

/** Status and message of each endpoint that reads or removes by an id, where nothing has the id "none". */
const OF_NOTHING = `
  GET /actions/actions/:actionId/versions: 404 That action does not exist.
  GET /actions/actions/:actionId/versions/:id: 404 That action does not exist.
  DELETE /actions/actions/:id: 404 That action does not exist.
  GET /actions/actions/:id: 404 That action does not exist.
  GET /actions/executions/:id: 404 That execution does not exist.
  DELETE /actions/modules/:id: 404 That action module does not exist.
  GET /actions/modules/:id: 404 That action module does not exist.
  GET /actions/modules/:id/actions: 404 That action module does not exist.
  GET /actions/modules/:id/versions: 404 That action module does not exist.
  GET /actions/modules/:id/versions/:versionId: 404 That action module does not exist.
  GET /actions/triggers/:triggerId/bindings: 404 That trigger does not exist.
  DELETE /anomaly/blocks/ips/:id: 204
  GET /anomaly/blocks/ips/:id: 404 IP address is not blocked.
  DELETE /branding/phone/providers/:id: 404 Not Found
  GET /branding/phone/providers/:id: 404 Not Found
  DELETE /branding/phone/templates/:id: 404 Not Found
  GET /branding/phone/templates/:id: 404 Not Found
  DELETE /branding/themes/:id: 404 There was an error retrieving branding settings: invalid theme ID
  GET /branding/themes/:id: 404 There was an error retrieving branding settings: invalid theme ID
  DELETE /client-grants/:id: 204
  GET /client-grants/:id: 404 The grant does not exist.
  GET /client-grants/:id/organizations: 404 The grant does not exist.
  GET /clients/:client_id/credentials: 404 The client does not exist
  DELETE /clients/:client_id/credentials/:id: 404 The client does not exist
  GET /clients/:client_id/credentials/:id: 404 The client does not exist
  DELETE /clients/:id: 204
  GET /clients/:id: 404 The client does not exist
  GET /clients/:id/connections: 404 The client does not exist
  DELETE /connection-profiles/:id: 204
  GET /connection-profiles/:id: 404 Not Found
  DELETE /connections/:id: 204
  GET /connections/:id: 404 The connection does not exist
  GET /connections/:id/clients: 404 The connection does not exist
  DELETE /connections/:id/directory-provisioning: 204
  GET /connections/:id/directory-provisioning: 404 The connection does not exist
  GET /connections/:id/directory-provisioning/default-mapping: 404 The connection does not exist
  DELETE /connections/:id/directory-provisioning/synchronized-groups: 400 Payload validation error: 'Missing required property: groups'.
  GET /connections/:id/directory-provisioning/synchronized-groups: 404 The connection does not exist
  DELETE /connections/:id/scim-configuration: 204
  GET /connections/:id/scim-configuration: 404 The connection does not exist
  GET /connections/:id/scim-configuration/default-mapping: 404 The connection does not exist
  DELETE /connections/:id/users: 404 The connection does not exist
  DELETE /custom-domains/:id: 204
  GET /custom-domains/:id: 404 Not Found
  DELETE /device-credentials/:id: 204
  GET /email-templates/:id: 404 The template does not exist.
  DELETE /event-streams/:id: 400 Path validation error: 'Object didn't pass validation for format event-stream-id: none' on property id (Unique identifier for the event stream).
  GET /event-streams/:id: 400 Path validation error: 'Object didn't pass validation for format event-stream-id: none' on property id (Unique identifier for the event stream).
  GET /event-streams/:id/deliveries: 404 The event stream does not exist.
  GET /event-streams/:id/deliveries/:eventId: 404 The event stream does not exist.
  DELETE /flows/:id: 404 Flow not found
  GET /flows/:id: 404 Flow not found
  DELETE /flows/vault/connections/:id: 404 Connection not found
  GET /flows/vault/connections/:id: 404 Connection not found
  DELETE /forms/:id: 404 Form not found
  GET /forms/:id: 404 Form not found
  DELETE /grants/:id: 204
  DELETE /guardian/enrollments/:id: 404 The enrollment does not exist.
  GET /guardian/enrollments/:id: 404 The enrollment does not exist.
  DELETE /hooks/:id: 404 Not Found
  GET /hooks/:id: 404 Not Found
  DELETE /hooks/:id/secrets: 400 Payload validation error: 'Expected type array but found type object'.
  GET /hooks/:id/secrets: 404 Not Found
  GET /jobs/:id: 404 The job does not exist.
  GET /jobs/:id/errors: 404 The job does not exist.
  GET /keys/signing/:kid: 404 The signing key does not exist
  DELETE /log-streams/:id: 204
  GET /log-streams/:id: 404 Not Found
  GET /logs/:id: 404 The log event does not exist.
  DELETE /network-acls/:id: 400 Network ACL id is not a valid ACL ID in the form 'acl_XXXXXXXXXXXXXXXXXXXXXX'
  GET /network-acls/:id: 400 Network ACL id is not a valid ACL ID in the form 'acl_XXXXXXXXXXXXXXXXXXXXXX'
  DELETE /organizations/:id: 404 No organization found by that id or name
  GET /organizations/:id: 404 No organization found by that id or name
  GET /organizations/:id/client-grants: 404 No organization found by that id or name
  DELETE /organizations/:id/client-grants/:grantId: 404 No organization found by that id or name
  DELETE /organizations/:id/clients: 400 Payload validation error: 'Missing required property: clients'.
  GET /organizations/:id/clients: 404 No organization found by that id or name
  GET /organizations/:id/clients/:clientId: 404 No organization found by that id or name
  GET /organizations/:id/connections: 404 No organization found by that id or name
  DELETE /organizations/:id/connections/:connectionId: 404 No organization found by that id or name
  GET /organizations/:id/connections/:connectionId: 404 No organization found by that id or name
  GET /organizations/:id/discovery-domains: 404 No organization found by that id or name
  DELETE /organizations/:id/discovery-domains/:domainId: 404 No organization found by that id or name
  GET /organizations/:id/discovery-domains/:domainId: 404 No organization found by that id or name
  GET /organizations/:id/discovery-domains/name/:domain: 404 No organization found by that id or name
  GET /organizations/:id/enabled_connections: 404 No organization found by that id or name
  DELETE /organizations/:id/enabled_connections/:connectionId: 404 No organization found by that id or name
  GET /organizations/:id/enabled_connections/:connectionId: 404 No organization found by that id or name
  GET /organizations/:id/invitations: 404 No organization found by that id or name
  DELETE /organizations/:id/invitations/:invitationId: 404 No organization found by that id or name
  GET /organizations/:id/invitations/:invitationId: 404 No organization found by that id or name
  DELETE /organizations/:id/members: 400 Payload validation error: 'Missing required property: members'.
  GET /organizations/:id/members: 404 No organization found by that id or name
  GET /organizations/:id/members/:userId/effective-roles: 404 No organization found by that id or name
  GET /organizations/:id/members/:userId/effective-roles/sources/groups: 404 No organization found by that id or name
  DELETE /organizations/:id/members/:userId/roles: 400 Payload validation error: 'Missing required property: roles'.
  GET /organizations/:id/members/:userId/roles: 404 No organization found by that id or name
  GET /organizations/:id/roles/:roleId/members: 404 No organization found by that id or name
  GET /organizations/name/:name: 404 No organization found by that id or name
  GET /prompts/:prompt/custom-text/:language: 400 Path validation error: 'No enum match for: none' on property language.
  GET /prompts/:prompt/partials: 400 Path validation error: 'No enum match for: none' on property prompt.
  GET /prompts/:prompt/screen/:screen/rendering: 400 Path validation error: 'No enum match for: none' on property prompt.
  DELETE /rate-limit-policies/:id: 204
  GET /rate-limit-policies/:id: 404 Not Found
  DELETE /refresh-tokens/:id: 404 The refresh token does not exist.
  GET /refresh-tokens/:id: 404 The refresh token does not exist.
  DELETE /resource-servers/:id: 204
  GET /resource-servers/:id: 404 The resource server does not exist
  DELETE /roles/:id: 404 The role does not exist.
  GET /roles/:id: 404 The role does not exist.
  DELETE /roles/:id/permissions: 400 Payload validation error: 'Missing required property: permissions'.
  GET /roles/:id/permissions: 404 The role does not exist.
  GET /roles/:id/users: 404 The role does not exist.
  DELETE /rules-configs/:key: 204
  DELETE /rules/:id: 204
  GET /rules/:id: 404 Not Found
  DELETE /self-service-profiles/:id: 204
  GET /self-service-profiles/:id: 404 Profile with ID: none not found
  GET /self-service-profiles/:id/custom-text/:language/:page: 200
  DELETE /sessions/:id: 404 The session does not exist.
  GET /sessions/:id: 404 The session does not exist.
  DELETE /token-exchange-profiles/:id: 204
  GET /token-exchange-profiles/:id: 404 Token exchange profile not found.
  DELETE /user-attribute-profiles/:id: 204
  GET /user-attribute-profiles/:id: 404 Not Found
  DELETE /user-blocks/:id: 404 The user does not exist.
  GET /user-blocks/:id: 404 The user does not exist.
  DELETE /users/:id: 204
  GET /users/:id: 400 Path validation error: 'String does not match pattern ^.+\\|.+$: none' on property id (The user_id of the user to retrieve).
  DELETE /users/:id/authentication-methods: 404 The user does not exist.
  GET /users/:id/authentication-methods: 404 The user does not exist.
  DELETE /users/:id/authentication-methods/:authentication_method_id: 404 The user does not exist.
  GET /users/:id/authentication-methods/:authentication_method_id: 404 The user does not exist.
  DELETE /users/:id/authenticators: 404 The user does not exist.
  GET /users/:id/effective-permissions: 404 The user does not exist.
  GET /users/:id/effective-permissions/sources/effective-roles: 404 The user does not exist.
  GET /users/:id/effective-roles: 404 The user does not exist.
  GET /users/:id/effective-roles/sources/groups: 404 The user does not exist.
  GET /users/:id/enrollments: 404 The user does not exist.
  DELETE /users/:id/identities/:provider/:userId: 404 The user does not exist.
  GET /users/:id/logs: 404 The user does not exist.
  DELETE /users/:id/multifactor/:provider: 400 Path validation error: 'No enum match for: none' on property provider.
  GET /users/:id/organizations: 404 The user does not exist.
  DELETE /users/:id/permissions: 400 Payload validation error: 'Missing required property: permissions'.
  GET /users/:id/permissions: 404 The user does not exist.
  DELETE /users/:id/refresh-tokens: 404 The user does not exist.
  GET /users/:id/refresh-tokens: 404 The user does not exist.
  DELETE /users/:id/roles: 400 Payload validation error: 'Missing required property: roles'.
  GET /users/:id/roles: 404 The user does not exist.
  DELETE /users/:id/sessions: 404 The user does not exist.
  GET /users/:id/sessions: 404 The user does not exist.
`;

const parse = (table: string): readonly { readonly name: string; readonly words: string }[] =>
  table
    .trim()
    .split("\n")
    .map((line) => {
      const [, name = "", words = ""] = /^ *(\S+ \S+): (.*)$/.exec(line) ?? [];
      return { name, words };
    });

// The table of endpoints does not touch the tenant before one of them is called.
const missing = new Set(unimplemented({} as Tenant).map(({ method, path }) => `${method} ${path}`));
const endpoints = listEndpoints({} as Tenant).filter(({ method, path }) => !missing.has(`${method} ${path}`));

let tenant: LocalTenant;
let token: string;
beforeAll(async () => {
  tenant = await startTestTenant();
  token = await managementToken(tenant);
});
afterAll(() => tenant.close());

describe("every endpoint of the Management API", () => {
  test("is called in the log what Auth0 calls it", () => {
    const summaries = endpoints.flatMap(({ method, path, summary: words }) =>
      words === undefined ? [] : [{ name: `${method} ${path}`, words }],
    );
    expect(summaries).toEqual(parse(SUMMARIES));
  });

  test("that reads or removes by an id has a row here", () => {
    const names = endpoints
      .filter(({ method, path }) => path.includes(":") && (method === "GET" || method === "DELETE"))
      .map(({ method, path }) => `${method} ${path}`);
    expect(names.sort()).toEqual(
      parse(OF_NOTHING)
        .map(({ name }) => name)
        .sort(),
    );
  });

  test.each(parse(OF_NOTHING))("$name, of what is not there: $words", async ({ name, words }) => {
    const [method = "", path = ""] = name.split(" ");
    const { status, body } = await call(tenant, `/api/v2${path.replaceAll(/:(\w+)/g, "none")}`, { method, token });
    const { message } = (body || {}) as { readonly message?: string };
    expect(message === undefined ? `${status}` : `${status} ${message}`).toBe(words);
  });
});
