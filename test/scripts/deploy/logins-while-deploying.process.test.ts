import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createBrowser } from "../../../local/http/browser.ts";
import type { Desired } from "../../../scripts/deploy/plan/desired.ts";
import { describeLive } from "../../faults/describe-live.ts";
import { kindOf } from "../../faults/fault-proxy.ts";
import { logIn } from "../../support/log-in.ts";
import { CALLBACK, type LoginTenant, PASSWORD } from "../../support/login-tenant.ts";
import { type Script, spawnScript } from "../../support/spawn-script.ts";
import { changeAction, type ProjectOnTenant, reorder, startProjectOnTenant } from "./project-on-tenant.ts";

const EMAIL = "editor@example.org";
const SCOPES = ["get:users", "post:users", "get:orders", "post:orders"];
const DEPLOYS = 6;

describe("while a tenant is deployed to", () => {
  let project: ProjectOnTenant;
  let logins: LoginTenant;
  let desired: Desired;
  beforeAll(async () => {
    project = await startProjectOnTenant();
    desired = addCallback(project.prepared.desired);
    await project.deploy(desired);
    await addEditor(project);
    const { tenant } = project;
    const ca = readFileSync(tenant.caFile, "utf8");
    logins = { ...tenant, browser: () => createBrowser({ domain: tenant.domain, ca }) } as LoginTenant;
  });
  afterAll(() => project.close());

  test("no login fails, and no token lacks a scope that its user is to keep", async () => {
    const spa = project.tenant.tenant.state.clients.find(({ name }) => name === "Example SPA")!;
    let isDeploying = true;
    const tokens: string[][] = [];
    const loop = async (): Promise<void> => {
      while (isDeploying) {
        const { tokens: got } = await logIn(logins, spa, EMAIL);
        tokens.push((got.scope ?? "").split(" "));
      }
    };
    const loops = [loop(), loop()];
    try {
      for (let count = 0; count < DEPLOYS; count += 1) {
        const { outcome } = await project.deploy(count % 2 === 0 ? changeEverythingAround(desired, count) : desired);
        expect(outcome).toBe("deployed");
      }
    } finally {
      isDeploying = false;
      await Promise.all(loops);
    }
    expect(tokens.length).toBeGreaterThan(DEPLOYS);
    for (const scopes of tokens) expect(scopes).toEqual(expect.arrayContaining(SCOPES));
  });

  test("SIGTERM between two writes takes the first back: exit 143, and what was live is live", async () => {
    await project.deploy();
    const before = describeLive(await project.read());
    const script: { deploy?: Script; isTold?: true } = {};
    project.proxy.arm("429", (request) => {
      // Drafts are written side by side; a second signal would end the process at once.
      if (kindOf(request) === "PATCH actions/:id" && script.isTold === undefined) {
        script.isTold = true;
        script.deploy?.process.kill("SIGTERM");
      }
      return false;
    });
    script.deploy = spawnScript("deploy", ["--yes"], {
      ...project.environment,
      SESSION_TOKEN_SECRET: "another-session-token-secret-0123456789",
      STRIPE_SECRET_KEY: "rk_test_another",
    });
    expect(await script.deploy.ended).toBe(143);
    project.proxy.disarm();
    expect(script.deploy.stderr()).toMatch(/what was live before is live again[\s\S]*DEPLOY_INTERRUPTED/);
    expect(project.proxy.seen.map(kindOf)).not.toContain("POST actions/:id/deploy");
    expect(describeLive(await project.read())).toBe(before);
  });
});

/** openid-client reads the redirect_uri off the answer's URL, which has a slash that the SPA's own callback has not. */
function addCallback(desired: Desired): Desired {
  const clients = (desired.document.clients ?? []).map((client) =>
    client.name === "Example SPA" ? { ...client, callbacks: [CALLBACK] } : client,
  );
  return { ...desired, document: { ...desired.document, clients } };
}

/** Order, code, secrets, the API, the client, and the role that the user has: more for it, and nothing less. */
function changeEverythingAround(desired: Desired, count: number): Desired {
  const names = desired.actions.map(({ name }) => name);
  const changed = changeAction(reorder(desired, ...names.reverse()), "filter-scopes", ({ code }) => ({
    code: `${code}// ${count}\n`,
  }));
  const { document } = changed;
  return {
    ...changed,
    document: {
      ...document,
      resourceServers: (document.resourceServers ?? []).map((api) => ({ ...api, token_lifetime: 3600 + count })),
      roles: (document.roles ?? []).map((role) => {
        if (role.name !== "editor") return role;
        const [first, ...rest] = role.permissions ?? [];
        return { ...role, permissions: [{ ...first!, permission_name: "get:reports" }, ...rest, first!] };
      }),
    },
  };
}

/** Has logged in before and is linked to a customer, so that no login needs Stripe. */
async function addEditor({ prepared, read }: ProjectOnTenant): Promise<void> {
  const { management } = prepared.connection;
  const connection = prepared.desired.document.databases?.[0]?.name ?? "";
  const { user_id: id = "" } = await management.users.create({
    connection,
    email: EMAIL,
    password: PASSWORD,
    email_verified: true,
  });
  await management.users.update(id, {
    app_metadata: { stripe_customer_id: "cus_editor", stripe_customer_linked_to: id },
  });
  const role = (await read()).role.find(({ name }) => name === "editor")!;
  await management.users.roles.assign(id, { roles: [role.id] });
}
