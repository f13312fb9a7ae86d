import { describe, expect, test } from "@jest/globals";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { readEveryKind } from "../../../support/every-kind-project.ts";
import { deployedTenant, desire } from "./tenants.ts";

const plan = (document: object, live: Parameters<typeof deployedTenant>[0] = {}) =>
  planTenant(
    { ...desire({ document: document as Partial<TenantDocument> }), locate: () => "tenant.yaml:7" },
    deployedTenant(live),
  );

const vault = (setup?: object) => ({ flowVaultConnections: [{ name: "V", app_id: "HTTP", ...(setup && { setup }) }] });
const stream = (type: string, sink?: object) => ({ logStreams: [{ name: "Audit", type, ...(sink && { sink }) }] });
const webhook = (webhook_authorization: object) => ({
  eventStreams: [
    {
      name: "out",
      destination: {
        type: "webhook",
        configuration: { webhook_endpoint: "https://hooks.example/", webhook_authorization },
      },
    },
  ],
});
const profile = (email: object) => ({ userAttributeProfiles: [{ name: "Staff", user_attributes: { email } }] });

describe("an entry that is new is refused while planning where it lacks what Auth0 requires of one", () => {
  test.each<[string, object, place: string, members: string]>([
    ["a log stream without its sink", stream("http"), "logStreams[0]", "sink"],
    [
      "one whose sink lacks an address",
      stream("http", { httpContentType: "application/json" }),
      "logStreams[0].sink",
      "sink.httpEndpoint",
    ],
    [
      "one of another type, which asks for other members",
      stream("splunk", { splunkDomain: "logs.example", splunkPort: "8088" }),
      "logStreams[0].sink",
      "sink.splunkToken, sink.splunkSecure",
    ],
    [
      "a phone provider without its credentials",
      { phoneProviders: [{ name: "twilio" }] },
      "phoneProviders[0]",
      "credentials",
    ],
    [
      "one whose credentials are empty",
      { phoneProviders: [{ name: "twilio", credentials: {} }] },
      "phoneProviders[0].credentials",
      "credentials.auth_token",
    ],
    ["an email provider without its credentials", { emailProvider: { name: "smtp" } }, "emailProvider", "credentials"],
    [
      "a vault's connection whose setup lacks a token",
      vault({ type: "BEARER" }),
      "flowVaultConnections[0].setup",
      "setup.token",
    ],
    ["one of another way in", vault({ type: "BASIC_AUTH" }), "flowVaultConnections[0].setup", "setup.username"],
    [
      "a webhook whose authorization lacks a user",
      webhook({ method: "basic", password: "x" }),
      "eventStreams[0].destination.configuration.webhook_authorization",
      "destination.configuration.webhook_authorization.username",
    ],
    [
      "an attribute whatever it is called",
      profile({ description: "Mail", label: "Mail", auth0_mapping: "email" }),
      "userAttributeProfiles[0].user_attributes.email",
      "user_attributes.email.profile_required",
    ],
    [
      "an entry in a list of a client",
      {
        clients: [
          {
            name: "App",
            refresh_token: { rotation_type: "rotating", expiration_type: "expiring", policies: [{ audience: "a" }] },
          },
        ],
      },
      "clients[0].refresh_token.policies[0]",
      "refresh_token.policies[0].scope",
    ],
    [
      "a limit that says what happens beyond it",
      {
        rateLimitPolicies: [
          {
            resource: "oauth_authentication_api",
            consumer: "client",
            consumer_selector: "x",
            configuration: { action: "block" },
          },
        ],
      },
      "rateLimitPolicies[0].configuration",
      "configuration.limit",
    ],
    [
      "an organization with one of two colors",
      { organizations: [{ name: "city", branding: { colors: { primary: "#112233" } } }] },
      "organizations[0].branding.colors",
      "branding.colors.page_background",
    ],
    [
      "a database with half a rule for names",
      { databases: [{ name: "Others", options: { validation: { username: { min: 1 } } } }] },
      "databases[0].options.validation.username",
      "options.validation.username.max",
    ],
  ])("%s", (_what, document, place, members) => {
    expect(() => plan(document)).toThrow(
      expect.objectContaining({
        code: "ENTRY_INCOMPLETE",
        exitCode: 2,
        message: expect.stringMatching(
          new RegExp(`tenant.yaml:7 ${literal(place)}: .* is new, and Auth0 makes none without ${literal(members)}\\.`),
        ) as unknown,
      }),
    );
  });

  test("all at once", () => {
    expect(() => plan({ ...stream("http"), ...vault({ type: "BEARER" }) })).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/ sink\.[\s\S]* setup\.token\./) as unknown }),
    );
  });
});

describe("nothing is missing", () => {
  test("in an entry of every kind that Auth0 takes", () => {
    // Of other kinds that it refers to nothing is in the file alone.
    expect(() => plan(readEveryKind())).not.toThrow(expect.objectContaining({ code: "ENTRY_INCOMPLETE" }));
  });

  test.each<[string, object]>([
    ["where the Deploy CLI fills it in", { phoneProviders: [{ name: "custom" }] }],
    ["where a vault is connected later", vault()],
    [
      "where null takes a setting back",
      { clients: [{ name: "App", refresh_token: null, default_organization: null }] },
    ],
    ["where a method asks for less", webhook({ method: "bearer", token: "x" })],
    [
      "where the alternative that is meant has no such member",
      { emailProvider: { name: "ses", credentials: { region: "eu" } } },
    ],
    ["where nothing says which alternative is meant", { emailProvider: { name: "custom", credentials: {} } }],
  ])("%s", (_what, document) => {
    expect(plan(document).changes.map(({ operation }) => operation)).toEqual(["create"]);
  });

  test("in what the tenant has already, whatever tenant.yaml says of it", () => {
    const live = {
      "log-stream": [{ id: "Audit", name: "Audit", fields: { name: "Audit", type: "http", status: "active" } }],
    };
    expect(plan(stream("http"), live).changes).toEqual([]);
  });
});

const literal = (text: string): string => text.replaceAll(/[.[\]]/g, "\\$&");
