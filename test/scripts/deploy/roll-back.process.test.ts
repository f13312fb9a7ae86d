import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { CommandError } from "../../../scripts/command.ts";
import { parseDeletion } from "../../../scripts/deploy/plan/plan-deletions.ts";
import { renderPlan } from "../../../scripts/deploy/plan/render-plan.ts";
import { renderPlanJson } from "../../../scripts/deploy/plan/render-plan-json.ts";
import type { TenantDocument } from "../../../scripts/tenant/document.ts";
import { type DocumentOnTenant, failAfter, startDocumentOnTenant } from "./document-on-tenant.ts";
import { AUDIENCE } from "./plan/tenants.ts";

const SECRET = "a-secret-that-nobody-may-see-0123456789abcdef";
const api = { name: "API", identifier: AUDIENCE, scopes: [{ value: "get:x" }, { value: "get:y" }] };
const WORKER = { name: "Worker", app_type: "non_interactive", description: "Works" };
const base: TenantDocument = { resourceServers: [api], clients: [WORKER] };
const withSecret: TenantDocument = {
  ...base,
  clients: [{ ...WORKER, description: "Works more", client_secret: SECRET } as typeof WORKER],
};
describe("a secret that Auth0 takes and never returns", () => {
  let on: DocumentOnTenant;
  beforeEach(async () => {
    on = await startDocumentOnTenant();
    await on.deploy(base);
  });
  afterEach(() => on.tenant.close());
  const readWorker = () => on.tenant.tenant.state.clients.find(({ name }) => name === "Worker")!;
  const failToDeploy = async (
    document: TenantDocument,
    onProgress: (text: string) => void = () => {},
  ): Promise<CommandError> =>
    on.deploy(document, { onProgress }).then(
      () => Promise.reject(new Error("the deploy did not fail")),
      (error: CommandError) => error,
    );

  test("is written, and counts as done though nobody can read it back", async () => {
    await expect(on.deploy(withSecret)).resolves.toMatchObject({ outcome: "deployed" });
    expect(readWorker()).toMatchObject({ client_secret: SECRET, description: "Works more" });
  });

  test("is never shown by a plan", async () => {
    for (const document of [withSecret, { ...withSecret, clients: [{ ...withSecret.clients![0]!, name: "New" }] }]) {
      const plan = await on.plan(document);
      expect(renderPlan(plan).join("\n")).toContain("client_secret: a value");
      expect(renderPlanJson(plan)).not.toContain(SECRET);
      expect(renderPlan(plan).join("\n")).not.toContain(SECRET);
    }
  });

  test("is named when the deploy fails after it was written, and nothing is said to be live again", async () => {
    const { code, message } = await failToDeploy(withSecret, failAfter("updated client Worker"));
    expect(code).toBe("DEPLOY_ROLLBACK_INCOMPLETE");
    expect(message).toMatch(/not as it was before:\n {2}client_secret of client Worker \(/);
    expect(message).not.toContain("live again");
    expect(message).not.toContain(SECRET);
    expect(readWorker()).toMatchObject({ client_secret: SECRET, description: "Works" });
  });

  test("is not named when the deploy fails before it was sent", async () => {
    const resourceServers = [{ ...api, signing_alg: "none" }];
    const { code, message } = await failToDeploy({ ...withSecret, resourceServers });
    expect(code).toBe("DEPLOY_ROLLED_BACK");
    expect(message).toContain("what was live before is live again");
    expect(readWorker().client_secret).not.toBe(SECRET);
  });

  test("is not named when the tenant refuses it", async () => {
    const clients = [{ ...WORKER, client_secret: SECRET, app_type: "no such type" } as typeof WORKER];
    const { code } = await failToDeploy({ ...base, clients });
    expect(code).toBe("DEPLOY_ROLLED_BACK");
    expect(readWorker().client_secret).not.toBe(SECRET);
  });
});

describe("a field that Auth0 fills with a default when it is emptied", () => {
  let on: DocumentOnTenant;
  const refresh_token = { rotation_type: "rotating", expiration_type: "expiring", leeway: 5 };
  const documentWith = (policy: unknown): TenantDocument => ({
    ...base,
    clients: [{ ...WORKER, refresh_token: policy } as typeof WORKER],
  });
  beforeEach(async () => {
    on = await startDocumentOnTenant();
    await on.deploy(documentWith(refresh_token));
  });
  afterEach(() => on.tenant.close());
  const readPolicy = () => on.tenant.tenant.state.clients.find(({ name }) => name === "Worker")?.refresh_token;

  test.each<[string, TenantDocument, (text: string) => void]>([
    ["null, which nobody can read back", documentWith(null), () => {}],
    ["null, when something else fails", documentWith(null), failAfter("updated client Worker")],
    ["another policy, when something else fails", documentWith({ leeway: 9 }), failAfter("updated client Worker")],
  ])("is put back: %s", async (_, document, onProgress) => {
    const before = readPolicy();
    await expect(on.deploy(document, { onProgress })).rejects.toMatchObject({ code: "DEPLOY_ROLLED_BACK" });
    expect(readPolicy()).toEqual(before);
  });
});

test("a deploy that fails says its reason once, in its last word", async () => {
  const on = await startDocumentOnTenant();
  try {
    const said: string[] = [];
    const fail = failAfter(`created api ${AUDIENCE}`);
    const failing = on.deploy(base, {
      onProgress: (text) => {
        said.push(text);
        fail(text);
      },
    });
    const error = (await failing.catch((reason: unknown) => reason)) as CommandError;
    expect(error.message.match(/something went wrong/g)).toHaveLength(1);
    expect(said.join("\n")).not.toContain("something went wrong");
  } finally {
    await on.tenant.close();
  }
});

describe("a scope that an API has lost", () => {
  let on: DocumentOnTenant;
  beforeEach(async () => {
    on = await startDocumentOnTenant();
    await on.deploy(base);
  });
  afterEach(() => on.tenant.close());

  test("is named when a deletion fails after it: users who had it cannot be given it back", async () => {
    const resourceServers = [{ ...api, scopes: [{ value: "get:x" }] }];
    const { roles } = on.tenant.tenant.state;
    const { id = "" } = await on.connection.management.roles.create({ name: "old", description: "Old" });
    const deploying = on.deploy(
      { ...base, resourceServers },
      {
        deletions: [parseDeletion("role:old")],
        // Somebody is quicker.
        onProgress: (text) => text === `updated api ${AUDIENCE}` && roles.delete(id),
      },
    );
    await expect(deploying).rejects.toMatchObject({
      code: "DEPLOY_ROLLBACK_INCOMPLETE",
      message: expect.stringContaining("get:y of https://api.example.com/ (users who had it directly") as unknown,
    });
  });
});
