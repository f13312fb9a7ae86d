import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse, stringify } from "yaml";
import type { LocalTenant } from "../../../local/auth0/server.ts";
import { deployProject, planProject } from "../../../scripts/deploy/deploy-project.ts";
import { findSpec, HANDED_OVER } from "../../../scripts/deploy/kinds/handed-over/specs.ts";
import type { Plan } from "../../../scripts/deploy/plan/change.ts";
import { renderPlan, renderPlanJson } from "../../../scripts/deploy/plan/render-plan.ts";
import { prepareProject } from "../../../scripts/deploy/prepare.ts";
import { type FaultProxy, isWrite, startFaultProxy } from "../../faults/fault-proxy.ts";
import { startTestTenant } from "../../support/local-tenant.ts";

const root = join(import.meta.dirname, "../../..");
/** What stands in test/support/every-kind/tenant.yaml and is not deployed: retired, or not to be compared by anybody. */
const LEFT_OUT = ["rules", "rulesConfigs", "hooks", "guardianFactorProviders", "clientAuthCredentials"];
/** Actions have a folder each in a project, and are deployed in every other suite. */
const OF_ACTIONS = ["actions", "triggers", "tokenExchangeProfiles"];

type Document = Record<string, unknown>;
type Row = Record<string, unknown>;

describe("a deploy of every kind that the Deploy CLI writes", () => {
  let tenant: LocalTenant;
  let proxy: FaultProxy;
  let directory: string;
  const printed: string[] = [];

  beforeAll(async () => {
    proxy = await startFaultProxy();
    tenant = await startTestTenant({ domain: proxy.domain });
    proxy.forwardTo(tenant.port);
    directory = mkdtempSync(join(tmpdir(), "every-kind-"));
    cpSync(join(root, "test/support/every-kind"), directory, { recursive: true });
    for (const file of ["package.json", "package-lock.json", "stripe.json"])
      cpSync(join(root, file), join(directory, file));
    rmSync(join(directory, "actions"), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  });
  afterAll(async () => {
    rmSync(directory, { recursive: true });
    await tenant.close();
    await proxy.close();
  });

  function write(change: (document: Document) => void = () => {}): Document {
    const document = parse(readFileSync(join(root, "test/support/every-kind/tenant.yaml"), "utf8")) as Document;
    for (const section of [...LEFT_OUT, ...OF_ACTIONS]) delete document[section];
    change(document);
    writeFileSync(join(directory, "tenant.yaml"), stringify(document));
    return document;
  }

  async function prepare() {
    const environment = {
      AUTH0_DOMAIN: proxy.domain,
      AUTH0_CLIENT_ID: tenant.clientId,
      AUTH0_CLIENT_SECRET: tenant.clientSecret,
      AUTH0_CA_FILE: tenant.caFile,
    };
    return prepareProject({ directory, environment, retryPolicy: { pause: 10 } });
  }

  async function plan(): Promise<Plan> {
    const made = (await planProject(await prepare())).plan;
    printed.push(renderPlan(made).join("\n"), renderPlanJson(made));
    return made;
  }

  async function deploy(): Promise<string> {
    const before = proxy.seen.length;
    const { outcome } = await deployProject({
      prepared: await prepare(),
      confirm: async () => true,
      onProgress: ({ text }) => printed.push(text),
    });
    return `${outcome}, ${proxy.seen.slice(before).some(isWrite) ? "written" : "nothing written"}`;
  }

  const ofHandedOver = ({ changes }: Plan) => changes.filter(({ type }) => findSpec(type) !== undefined);

  test("creates or changes an entry of each kind, and finds nothing to do afterwards", async () => {
    const document = write();
    const made = await plan();
    const planned = new Set(ofHandedOver(made).map(({ type }) => type));
    // What a tenant has from the start is as the file says.
    const asItIs = ["guardian-phone-provider", "attack-protection", "risk-assessment", "supplemental-signals"];
    const sections = HANDED_OVER.filter(({ section }) => Object.hasOwn(document, section));
    expect(sections.map(({ type }) => type as string).filter((type) => !planned.has(type as never))).toEqual(asItIs);
    expect(sections.length).toBe(HANDED_OVER.length - 1);

    expect(await deploy()).toBe("deployed, written");
    expect((await plan()).changes).toEqual([]);
    expect(await deploy()).toBe("nothing to do, nothing written");
  }, 240_000);

  test("of one field changed in many kinds at once shows those fields, writes them, and then finds nothing to do", async () => {
    write((document) => {
      const first = (section: string) => (document[section] as Row[])[0]!;
      first("networkACLs").active = false;
      (document.networkACLs as Row[]).push({
        ...first("networkACLs"),
        active: true,
        priority: 2,
        description: "Another",
      });
      first("organizations").display_name = "Town library";
      // Absent: not managed. The Deploy CLI alone would take them away.
      delete first("organizations").connections;
      first("logStreams").sink = { ...(first("logStreams").sink as Row), httpContentFormat: "JSONARRAY" };
      first("emailTemplates").subject = "Please verify";
      first("phoneTemplates").disabled = true;
      first("userAttributeProfiles").user_attributes = {
        email: { description: "Address", label: "Mail", profile_required: true, auth0_mapping: "email" },
      };
      (document.emailProvider as Row).default_from_address = "hello@library.example";
      document.attackProtection = { bruteForceProtection: { enabled: true, max_attempts: 7 } };
      document.prompts = { ...(document.prompts as Row), identifier_first: false };
    });
    const changes = ofHandedOver(await plan()).map(({ operation, type, fields }) => [
      operation,
      type,
      fields.filter(({ isWriteOnly }) => !isWriteOnly).map(({ path }) => path),
    ]);
    expect(changes).toEqual([
      ["update", "attack-protection", ["bruteForceProtection.max_attempts"]],
      ["update", "network-acl", ["active"]],
      ["create", "network-acl", ["description", "active", "priority", "rule"]],
      ["update", "user-attribute-profile", ["user_attributes.email.description"]],
      ["update", "email-provider", ["default_from_address"]],
      ["update", "phone-template", ["disabled"]],
      ["update", "email-template", ["subject"]],
      ["update", "organization", ["display_name"]],
      ["update", "log-stream", ["sink.httpContentFormat"]],
      ["update", "prompts", ["identifier_first"]],
    ]);
    expect(await deploy()).toBe("deployed, written");
    expect((await plan()).changes).toEqual([]);
    expect(tenant.tenant.state.organizationConnections.size).toBe(1);
    // The Deploy CLI alone would have written the second over the first.
    const acls = tenant.tenant.state.records("/network-acls").values();
    expect(acls.map(({ priority, active }) => [priority, active])).toEqual([
      [1, false],
      [2, true],
    ]);
  }, 240_000);

  test("takes nothing away that the file does not have, beside what it changes", async () => {
    const { connections, organizationConnections, records } = tenant.tenant.state;
    const networkAcls = records("/network-acls");
    const live = () => connections.find(({ name }) => name === "partner-library")!;
    connections.set(live().id, { ...live(), options: { ...live().options, scope: "openid email" } });
    const before = live();
    const members = () => organizationConnections.filter(() => true);
    const links = members();
    expect(links.length).toBeGreaterThan(0);
    const acls = networkAcls.filter(() => true);
    write((document) => {
      const first = (section: string) => (document[section] as Row[])[0]!;
      delete first("organizations").connections;
      first("organizations").display_name = "Library of the town";
      first("connections").display_name = "Partner";
      document.networkACLs = [{ ...first("networkACLs"), priority: 9, description: "Of a new priority" }];
    });
    expect(await deploy()).toBe("deployed, written");
    expect((await plan()).changes).toEqual([]);
    expect(members()).toEqual(links);
    expect(live().options).toEqual(before.options);
    expect(networkAcls.filter(() => true)).toEqual([...acls, expect.objectContaining({ priority: 9 })]);
  }, 240_000);

  test("shows no secret of an entry that the tenant refuses and quotes", async () => {
    write((document) => {
      document.logStreams = [{ ...(document.logStreams as Row[])[0]!, name: "Another" }];
    });
    proxy.answerWith((request) =>
      isWrite(request) && request.path === "/api/v2/log-streams"
        ? { status: 400, body: JSON.stringify({ statusCode: 400, error: "Bad Request", message: request.body }) }
        : undefined,
    );
    const error: Error = await deploy().then(
      () => Promise.reject(new Error("the deploy did not fail")),
      (thrown: Error) => thrown,
    );
    proxy.disarm();
    printed.push(error.message);
    expect(error.message).toContain("[redacted]");
  }, 240_000);

  test("shows no secret of any kind in what it prints", () => {
    const all = printed.join("\n");
    expect(all.length).toBeGreaterThan(5_000);
    for (const secret of ["oidc-secret", "smtp-secret", "phone-token", "log-secret", "vault-secret", "stream-secret"]) {
      expect(all).not.toContain(secret);
    }
  });
});
