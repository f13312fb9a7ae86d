import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import type { CommandError } from "../../../scripts/command.ts";
import type { TenantDocument } from "../../../scripts/tenant/document.ts";
import { isWrite, type Reply, type Seen } from "../../faults/fault-proxy.ts";
import { type ProjectOnTenant, startProjectOnTenant } from "./project-on-tenant.ts";

type Document = Record<string, unknown>;

const everyKind = parse(
  readFileSync(join(import.meta.dirname, "../../support/every-kind/tenant.yaml"), "utf8"),
) as Document;
const pick = (...sections: readonly string[]): Document =>
  Object.fromEntries(sections.map((section) => [section, structuredClone(everyKind[section])]));
const entryOf = (document: Document, section: string) => (document[section] as Record<string, unknown>[])[0]!;

/** With a little of each kind; the change adds fields that were not there, and changes others. */
function before(): Document {
  return {
    ...pick(
      "clients",
      "guardianFactors",
      "guardianFactorTemplates",
      "guardianPolicies",
      "guardianPhoneFactorMessageTypes",
      "networkACLs",
      "userAttributeProfiles",
      "connections",
      "emailProvider",
      "themes",
      "phoneTemplates",
      "organizations",
      "logStreams",
      "prompts",
      "selfServiceProfiles",
    ),
    branding: { colors: { primary: "#635dff" } },
    emailTemplates: [{ ...entryOf(everyKind, "emailTemplates"), body: "<p>Verify</p>" }],
    attackProtection: { bruteForceProtection: { enabled: true, max_attempts: 10 } },
    actionModules: [{ name: "rates", code: "module.exports = {};", all_changes_published: true }],
  };
}
function after(): Document {
  const document = before();
  const organization = entryOf(document, "organizations");
  entryOf(document, "guardianFactors").enabled = false;
  entryOf(document, "guardianFactorTemplates").enrollment_message = "Another {{code}}";
  document.guardianPolicies = { policies: [] };
  document.guardianPhoneFactorMessageTypes = { message_types: ["sms", "voice"] };
  entryOf(document, "networkACLs").active = false;
  entryOf(document, "userAttributeProfiles").name = "Staff";
  entryOf(document, "connections").display_name = "Partner";
  entryOf(document, "connections").enabled_clients = [];
  (document.emailProvider as Document).default_from_address = "other@library.example";
  (entryOf(document, "themes").widget as Document).logo_height = 60;
  entryOf(document, "phoneTemplates").disabled = true;
  document.organizations = [
    {
      ...organization,
      display_name: "Another",
      branding: { colors: { primary: "#000000", page_background: "#ffffff" }, logo_url: "https://a.example/logo.png" },
      metadata: { tier: "gold" },
      connections: [{ name: "partner-library", assign_membership_on_login: false }],
    },
  ];
  Object.assign(entryOf(document, "logStreams"), { pii_config: { log_fields: ["first_name"] } });
  (document.prompts as Document).identifier_first = false;
  (document.prompts as Document).customText = {
    en: { login: { login: { title: "Other", description: "New" } }, consent: { consent: { title: "Consent" } } },
  };
  document.branding = {
    colors: { primary: "#000000", page_background: "#ffffff" },
    favicon_url: "https://a.example/favicon.ico",
  };
  entryOf(document, "emailTemplates").subject = "Other";
  entryOf(document, "emailTemplates").urlLifetimeInSeconds = 600;
  document.attackProtection = { bruteForceProtection: { enabled: true, max_attempts: 7, shields: ["block"] } };
  entryOf(document, "actionModules").code = "module.exports = { daily: 1 };";
  document.supplementalSignals = { akamai_enabled: true };
  return document;
}

const LOOKED_AT = [
  "branding",
  "prompts",
  "prompts/login/custom-text/en",
  "prompts/consent/custom-text/en",
  "guardian/factors",
  "guardian/factors/sms/templates",
  "guardian/policies",
  "guardian/factors/phone/message-types",
  "network-acls",
  "user-attribute-profiles",
  "connections",
  "emails/provider",
  "email-templates/verify_email",
  "branding/themes/default",
  "branding/phone/templates",
  "organizations",
  "log-streams",
  "attack-protection/brute-force-protection",
  "self-service-profiles",
  "supplemental-signals",
] as const;

describe("the way back of what the Deploy CLI wrote", () => {
  let on: ProjectOnTenant;
  beforeAll(async () => {
    on = await startProjectOnTenant();
  });
  afterEach(() => on.proxy.disarm());
  afterAll(() => on.close());

  const desire = (document: Document) => ({
    ...on.prepared.desired,
    actions: [],
    document: document as unknown as TenantDocument,
  });
  const get = async (path: string): Promise<unknown> =>
    (await on.prepared.connection.management.fetch(path, { method: "GET" })).json();
  async function look(): Promise<Record<string, unknown>> {
    const rows = await Promise.all(LOOKED_AT.map(async (path) => [path, await get(path)] as const));
    const [organization] = (await get("organizations")) as { id: string }[];
    const connection = ((await get("connections")) as { id: string; strategy: string }[]).find(
      ({ strategy }) => strategy === "oidc",
    );
    const more = [`organizations/${organization?.id}/enabled_connections`, `connections/${connection?.id}/clients`];
    const members = await Promise.all(more.map(async (path, index) => [`members ${index}`, await get(path)] as const));
    // Not every member can be taken away: those are emptied.
    const isLeftOut = (key: string, value: unknown) =>
      key === "updated_at" || value === "" || JSON.stringify(value) === "{}";
    const text = JSON.stringify(Object.fromEntries([...rows, ...members]), (key, value: unknown) =>
      isLeftOut(key, value) ? undefined : value,
    );
    return JSON.parse(text) as Record<string, unknown>;
  }
  /** The code of each published version of a module, the newest last: Actions run a version, not the draft. */
  const versionsOf = (name: string): readonly string[] => {
    const { actionModules, actionModuleVersions } = on.tenant.tenant.state;
    const id = actionModules.find((module) => module.name === name)?.id;
    return actionModuleVersions.filter(({ module_id }) => module_id === id).map(({ code }) => code);
  };
  const failure = async (work: Promise<unknown>): Promise<CommandError> =>
    work.then(
      () => Promise.reject(new Error("nothing failed")),
      (error: CommandError) => error,
    );

  test("gives every kind back what it had, and takes away what was added", async () => {
    await on.deploy(desire(before()));
    const former = await look();
    const refusal: Reply = {
      status: 400,
      body: JSON.stringify({ statusCode: 400, error: "Bad Request", message: "Payload validation error: no" }),
    };
    const isLast = (request: Seen) => isWrite(request) && request.path === "/api/v2/supplemental-signals";
    on.proxy.answerWith((request) => (isLast(request) ? refusal : undefined));
    const error = await failure(on.deploy(desire(after())));
    const seen = on.proxy.seen.filter(isWrite).length;
    on.proxy.disarm();
    expect(seen).toBeGreaterThan(20);
    const live = await look();
    expect(versionsOf("rates")).toEqual([
      "module.exports = {};",
      "module.exports = { daily: 1 };",
      "module.exports = {};",
    ]);
    // Auth0 has no way to take the rules for personal data from a log stream again.
    const [stream] = live["log-streams"] as { pii_config?: unknown }[];
    delete stream!.pii_config;
    expect(live).toEqual(former);
    expect(error.code).toBe("DEPLOY_ROLLBACK_INCOMPLETE");
    const left = error.message.split("\n").filter((line) => /^ {2}[^ ]+ ?[^ ]*: /.test(line));
    expect(left.map((line) => line.replace(/\(.*|lst_\w+/g, "").trim()).sort()).toEqual([
      "/log-streams/: pii_config",
      "email-provider settings: credentials.smtp_user, credentials.smtp_pass",
      "log-stream Audit: pii_config",
      "log-stream Audit: sink.httpAuthorization",
    ]);
  });
});
