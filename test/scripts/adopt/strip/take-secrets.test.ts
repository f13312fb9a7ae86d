import { expect, test } from "@jest/globals";
import { describeMissing } from "../../../../scripts/adopt/strip/describe-missing.ts";
import { takeSecrets } from "../../../../scripts/adopt/strip/take-secrets.ts";
import { createVariables } from "../../../../scripts/adopt/strip/variables.ts";
import { KINDS } from "../../../../scripts/deploy/kinds/table.ts";
import { renderPath } from "../../../../scripts/tenant/shape.ts";

const kindOf = (type: string) => KINDS.find((kind) => kind.type === type)!;

interface Row {
  readonly name: string;
  readonly type: string;
  readonly value: unknown;
  readonly left: unknown;
  readonly secrets: readonly string[];
}

const rows: readonly Row[] = [
  {
    name: "a connection's client secret",
    type: "connection",
    value: { name: "idp", options: { client_id: "id", client_secret: "s" } },
    left: { name: "idp", options: { client_id: "id" } },
    secrets: ["options.client_secret"],
  },
  {
    name: "an option that no list knows and that is called like one",
    type: "connection",
    value: { name: "idp", options: { upstream: { apiKey: "k", token_endpoint: "https://t" }, passwordPolicy: "good" } },
    left: { name: "idp", options: { upstream: { token_endpoint: "https://t" }, passwordPolicy: "good" } },
    secrets: ["options.upstream.apiKey"],
  },
  {
    name: "all that a mapping has",
    type: "phone-provider",
    value: { name: "twilio", credentials: { auth_token: "t" } },
    left: { name: "twilio" },
    secrets: ["credentials.auth_token"],
  },
  {
    name: "one in a list, which goes with it",
    type: "log-stream",
    value: { name: "audit", sink: { httpEndpoint: "https://l", httpCustomHeaders: [{ header: "x", value: "v" }] } },
    left: { name: "audit", sink: { httpEndpoint: "https://l" } },
    secrets: ["sink.httpCustomHeaders[0].value"],
  },
  {
    name: "an Action's, whose names stay",
    type: "action",
    value: { name: "crm", secrets: [{ name: "A", value: "" }, { name: "B" }] },
    left: { name: "crm", secrets: [{ name: "A" }, { name: "B" }] },
    secrets: ["secrets[0].value", "secrets[1].value"],
  },
  {
    name: "what an export does not even name",
    type: "flow-vault-connection",
    value: { name: "vault", app_id: "HTTP" },
    left: { name: "vault", app_id: "HTTP" },
    secrets: ["setup"],
  },
  {
    name: "a captcha's, and nothing of one that is not set up",
    type: "attack-protection",
    value: { captcha: { hcaptcha: { site_key: "k", secret: "s" }, arkose: { site_key: "", secret: "##A##" } } },
    left: { captcha: { hcaptcha: { site_key: "k" } } },
    secrets: ["captcha.hcaptcha.secret"],
  },
  {
    name: "no flag and no number, however it is called",
    type: "client",
    value: { name: "spa", jwt_configuration: { secret_encoded: false }, refresh_token: { token_lifetime: 5 } },
    left: { name: "spa", jwt_configuration: { secret_encoded: false }, refresh_token: { token_lifetime: 5 } },
    secrets: [],
  },
];

test.each(rows)("takes $name", ({ type, value, left, secrets }) => {
  const taken = takeSecrets({ kind: kindOf(type), value });
  expect({ left: taken.value, secrets: taken.secrets.map(renderPath) }).toEqual({ left, secrets });
});

test("of what was taken a comment can be made: each secret a keyword, what was beside it as it was", () => {
  const entry = {
    kind: kindOf("log-stream"),
    name: "Audit: EU",
    value: { sink: { httpEndpoint: "https://l", httpCustomHeaders: [{ header: "x", value: "v" }] } },
  };
  const { value, secrets } = takeSecrets(entry);
  const { tree, secrets: listed } = describeMissing(entry, value, secrets, createVariables());
  expect(tree).toEqual({ sink: { httpCustomHeaders: [{ header: "x", value: "@@AUDIT_EU_VALUE@@" }] } });
  expect(listed).toEqual([
    { entry: "log-stream Audit: EU", path: "sink.httpCustomHeaders[0].value", variable: "AUDIT_EU_VALUE" },
  ]);
});

test("no two secrets get one variable, and one secret always the same", () => {
  const variables = createVariables();
  const nameOf = (type: string, name: string, value: unknown, path: readonly (string | number)[]) =>
    variables.nameFor({ kind: kindOf(type), name, value }, path);
  const secrets = { secrets: [{ name: "KEY" }] };
  const names = [
    nameOf("action", "crm", secrets, ["secrets", 0, "value"]),
    nameOf("action", "CRM", secrets, ["secrets", 0, "value"]),
    nameOf("action", "crm!", secrets, ["secrets", 0, "value"]),
    nameOf("connection", "crm", {}, ["options", "key"]),
    nameOf("email-provider", "settings", {}, ["credentials", "api_key"]),
    nameOf("connection", "2nd", {}, ["options", "client_secret"]),
    nameOf("connection", "日本", {}, ["options", "client_secret"]),
    nameOf("action", "crm", secrets, ["secrets", 0, "value"]),
  ];
  expect(names).toEqual([
    "CRM_KEY",
    "ACTION_CRM_KEY",
    "CRM_KEY_2",
    "CONNECTION_CRM_KEY",
    "EMAIL_PROVIDER_API_KEY",
    "N2ND_CLIENT_SECRET",
    "CLIENT_SECRET",
    "CRM_KEY",
  ]);
});
