import type { Event } from "@auth0/actions/credentials-exchange/v2";

export const buildClientCredentialsEvent = (): Event => ({
  accessToken: { scope: ["a", "b"], customClaims: {} },
  client: { client_id: "worker", name: "Worker", metadata: {} },
  configuration: {},
  request: { ip: "127.0.0.1", method: "POST", body: { grant_type: "client_credentials" }, geoip: {} },
  resource_server: { identifier: "https://api.example.com/" },
  secrets: {},
  tenant: { id: "example" },
  transaction: { requested_scopes: ["a"] },
});
