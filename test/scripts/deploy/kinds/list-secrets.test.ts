import { expect, test } from "@jest/globals";
import { listTexts } from "../../../../scripts/deploy/compare/secrets.ts";
import { KINDS } from "../../../../scripts/deploy/kinds/table.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";

/** As it was read; what a secret is called is known to its kind alone. */
type Document = Readonly<Record<string, unknown>>;

const listAll = (document: Document) =>
  KINDS.flatMap((kind) => kind.listSecrets?.(document as TenantDocument) ?? []).flatMap(listTexts);

test.each<[string, Document]>([
  ["a client's secret", { clients: [{ name: "a", client_secret: "hidden" }] }],
  ["a database's configuration", { databases: [{ name: "a", options: { configuration: { API_KEY: "hidden" } } }] }],
  ["an API's signing secret", { resourceServers: [{ name: "a", identifier: "https://a/", signing_secret: "hidden" }] }],
  ["a connection's secret", { connections: [{ name: "a", strategy: "oidc", options: { client_secret: "hidden" } }] }],
  ["a vault's setup", { flowVaultConnections: [{ name: "a", setup: { type: "BEARER", token: "hidden" } }] }],
  ["an email provider's password", { emailProvider: { name: "smtp", credentials: { smtp_pass: "hidden" } } }],
])("%s is known to the redactor, though it does not come by a keyword", (_, document) => {
  expect(listAll(document)).toEqual(["hidden"]);
});
