import { expect, test } from "@jest/globals";
import type { Client, ResourceServer } from "../../../../local/auth0/state/resources.ts";
import { openTenantState } from "../../../../local/auth0/state/tenant-state.ts";
import { grantScopes } from "../../../../local/auth0/tokens/scopes.ts";
import { openJournal } from "../../../../local/state/journal.ts";

const api: ResourceServer = {
  id: "api",
  identifier: "urn:api",
  signing_alg: "RS256",
  token_lifetime: 60,
  allow_offline_access: false,
  scopes: [{ value: "read:all" }, { value: "write:all" }],
};
const client: Client = { client_id: "tpc", name: "theirs", is_first_party: false };

// Auth0 docs, "Security Controls for Third-Party Applications": a client grant, whatever the API's policy.
test("an API is open to a strict third party's users by a grant alone", () => {
  const state = openTenantState(openJournal());
  const grant = (mode: "strict" | "permissive") =>
    grantScopes(
      { state },
      {
        client: { ...client, third_party_security_mode: mode },
        userId: "auth0|ada",
        api,
        asked: ["read:all", "write:all"],
      },
    );
  expect(grant("permissive")).toEqual(["read:all", "write:all"]);
  expect(() => grant("strict")).toThrow('Client is not authorized to access "urn:api".');
  state.clientGrants.set("cgr", {
    id: "cgr",
    client_id: "tpc",
    audience: "urn:api",
    scope: ["read:all"],
    subject_type: "user",
  });
  expect(grant("strict")).toEqual(["read:all"]);
});
