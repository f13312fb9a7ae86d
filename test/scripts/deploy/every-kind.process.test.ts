import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { deployProject, planProject } from "../../../scripts/deploy/deploy-project.ts";
import { findSpec, HANDED_OVER } from "../../../scripts/deploy/kinds/handed-over/specs.ts";
import { KINDS } from "../../../scripts/deploy/kinds/table.ts";
import type { Plan } from "../../../scripts/deploy/plan/change.ts";
import { renderPlan } from "../../../scripts/deploy/plan/render-plan.ts";
import { renderPlanJson } from "../../../scripts/deploy/plan/render-plan-json.ts";
import type { ProjectOptions } from "../../../scripts/deploy/prepare.ts";
import { renderProgress } from "../../../scripts/deploy/render-progress.ts";
import { plain } from "../../../scripts/terminal/paint.ts";
import { isWrite } from "../../faults/fault-proxy.ts";
import { FILE_CHANGES, MEMBER_CHANGES, writeSide } from "../../support/change-every-kind.ts";
import { type EveryKindProject, type Row, startEveryKindProject } from "../../support/every-kind-project.ts";

describe("a deploy of every kind that the Deploy CLI writes", () => {
  let on: EveryKindProject;
  const printed: string[] = [];
  beforeAll(async () => {
    on = await startEveryKindProject();
  });
  afterAll(() => on.close());

  async function plan(options: Partial<ProjectOptions> = {}): Promise<Plan> {
    const made = (await planProject(await on.prepare(options))).plan;
    printed.push(renderPlan(made).join("\n"), renderPlanJson(made));
    return made;
  }

  /** Lines of the last deploy that a person reads. */
  let told: readonly string[] = [];

  async function deploy(options: Partial<ProjectOptions> = {}): Promise<string> {
    const before = on.proxy.seen.length;
    const lines: string[] = [];
    const { outcome } = await deployProject({
      prepared: await on.prepare(options),
      confirm: async () => true,
      onProgress(line) {
        printed.push(line.text);
        lines.push(renderProgress(line, plain) ?? "");
      },
    });
    told = lines.filter((line) => line !== "");
    return `${outcome}, ${on.proxy.seen.slice(before).some(isWrite) ? "written" : "nothing written"}`;
  }

  const DONE = { create: "created", update: "updated", delete: "deleted", reorder: "bound" };
  /** What is to be told of a deploy: a line for each change of its plan. */
  const tell = ({ changes }: Pick<Plan, "changes">) =>
    changes.map(({ operation, type, name }) => `${DONE[operation]} ${type} ${name}`);

  const ofHandedOver = ({ changes }: Plan) => changes.filter(({ type }) => findSpec(type) !== undefined);

  test("creates or changes an entry of each kind, and finds nothing to do afterwards", async () => {
    const document = writeSide(on, "from");
    const made = await plan();
    const planned = new Set(ofHandedOver(made).map(({ type }) => type));
    // What a tenant has from the start is as the file says.
    const asItIs = ["guardian-phone-provider", "attack-protection", "risk-assessment", "supplemental-signals"];
    const sections = HANDED_OVER.filter(({ section }) => Object.hasOwn(document, section));
    expect(sections.map(({ type }) => type as string).filter((type) => !planned.has(type as never))).toEqual(asItIs);
    expect(sections.length).toBe(HANDED_OVER.length);

    expect(await deploy()).toBe("deployed, written");
    expect([...told].sort()).toEqual(tell(made).sort());
    expect((await plan()).changes).toEqual([]);
    expect(await deploy()).toBe("nothing to do, nothing written");
  });

  test("of one change in each kind shows exactly that, writes it, and then finds nothing to do", async () => {
    writeSide(on, "to");
    const writeSecrets = ["flow-vault-connection:Catalogue vault"];
    const { changes } = await plan({ writeSecrets });
    const compared = changes.map((change) => ({
      type: change.type as string,
      paths: change.fields.filter(({ isWriteOnly }) => isWriteOnly !== true).map(({ path }) => path),
    }));
    const expected = [
      // The newer options that a new database has cannot stand beside passwordPolicy, so they go with its first change.
      ...MEMBER_CHANGES.map(({ type, path }) => ({
        type,
        paths: type === "database" ? [path, "options.password_options"] : [path],
      })),
      ...FILE_CHANGES.map(({ type, path }) => ({ type, paths: path === undefined ? [] : [path] })),
      // Auth0 changes nothing of it but what it never returns.
      { type: "flow-vault-connection", paths: [] },
    ];
    const byType = (rows: typeof expected) => [...rows].sort((one, other) => (one.type < other.type ? -1 : 1));
    expect(byType(compared)).toEqual(byType(expected));
    expect(changes.find(({ type }) => type === "action")).toMatchObject({ name: "Add reader claim" });
    // The order of a flow has one Action in it here.
    expect(KINDS.map(({ type }) => type).filter((type) => !compared.some((row) => row.type === type))).toEqual([
      "flow",
    ]);
    expect(await deploy({ writeSecrets })).toBe("deployed, written");
    expect([...told].sort()).toEqual(tell({ changes }).sort());
    expect((await plan()).changes).toEqual([]);
  });

  test("writes a new entry beside one of its kind that the Deploy CLI would write it over", async () => {
    on.write((document) => {
      const first = (document.networkACLs as Row[])[0]!;
      document.networkACLs = [
        { ...first, active: false },
        { ...first, priority: 2, description: "Another" },
      ];
      // Absent: not managed. The Deploy CLI alone would take them away.
      delete (document.organizations as Row[])[0]!.connections;
    });
    expect(await deploy()).toBe("deployed, written");
    expect((await plan()).changes).toEqual([]);
    expect(on.tenant.tenant.state.organizationConnections.size).toBe(1);
    const acls = on.tenant.tenant.state.records("/network-acls").values();
    expect(acls.map(({ priority, active }) => [priority, active])).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  test("takes nothing away that the file does not have, beside what it changes", async () => {
    const { connections, organizationConnections, records } = on.tenant.tenant.state;
    const networkAcls = records("/network-acls");
    const live = () => connections.find(({ name }) => name === "partner-library")!;
    connections.set(live().id, { ...live(), options: { ...live().options, scope: "openid email" } });
    const before = live();
    const members = () => organizationConnections.filter(() => true);
    const links = members();
    expect(links.length).toBeGreaterThan(0);
    const acls = networkAcls.filter(() => true);
    on.write((document) => {
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
  });

  test("shows no secret of an entry that the tenant refuses and quotes", async () => {
    on.write((document) => {
      document.logStreams = [{ ...(document.logStreams as Row[])[0]!, name: "Another" }];
    });
    on.proxy.answerWith((request) =>
      isWrite(request) && request.path === "/api/v2/log-streams"
        ? { status: 400, body: JSON.stringify({ statusCode: 400, error: "Bad Request", message: request.body }) }
        : undefined,
    );
    const error: Error = await deploy().then(
      () => Promise.reject(new Error("the deploy did not fail")),
      (thrown: Error) => thrown,
    );
    on.proxy.disarm();
    printed.push(error.message);
    expect(error.message).toContain("[redacted]");
  });

  test("shows no secret of any kind in what it prints", () => {
    const all = printed.join("\n");
    expect(all.length).toBeGreaterThan(5_000);
    for (const secret of ["oidc-secret", "smtp-secret", "phone-token", "log-secret", "vault-secret", "stream-secret"]) {
      expect(all).not.toContain(secret);
    }
  });
});
