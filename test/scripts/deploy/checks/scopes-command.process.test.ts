import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { environmentOf } from "../../../../scripts/local/environment-of.ts";
import { startTestTenant } from "../../../support/local-tenant.ts";
import { spawnScript } from "../../../support/spawn-script.ts";

/** An empty value in the process's environment wins over a developer's own .env. */
const NOBODY = { AUTH0_DOMAIN: "", AUTH0_CLIENT_ID: "", AUTH0_CLIENT_SECRET: "" };

interface Report {
  readonly required: readonly { readonly scope: string; readonly reason: string }[];
  readonly client: { readonly missing: readonly string[]; readonly surplus: readonly string[] } | null;
}

describe("npm run scopes", () => {
  let tenant: LocalTenant;
  beforeAll(async () => {
    tenant = await startTestTenant();
  });
  afterAll(() => tenant.close());

  const access = () => ({
    ...environmentOf(tenant),
  });
  async function scopes(args: readonly string[], environment: Record<string, string>) {
    const script = spawnScript("scopes", args, environment);
    return { code: await script.ended, out: script.stdout(), err: script.stderr() };
  }

  test("needs no tenant and no credentials to say what a client will need", async () => {
    const { code, out } = await scopes([], NOBODY);
    expect(code).toBe(0);
    expect(out).toMatch(/read:clients +every plan/);
    expect(out).toMatch(/update:roles +roles in tenant\.yaml/);
    expect(out).not.toContain("delete:");
  });

  test("ends with 2 when the client lacks one, naming it and what it has too much", async () => {
    const { clientGrants } = tenant.tenant.state;
    const own = clientGrants.find(({ client_id }) => client_id === tenant.clientId)!;
    clientGrants.set(own.id, { ...own, scope: own.scope.filter((scope) => scope !== "update:actions") });
    const lacking = await scopes(["--json"], access());
    const reading = await scopes(["--json", "--plan-only"], access());
    clientGrants.set(own.id, own);

    expect(lacking.code).toBe(2);
    const { client, required } = JSON.parse(lacking.out) as Report;
    expect(client?.missing).toEqual(["update:actions"]);
    expect(client?.surplus).toContain("create:users");
    expect(client?.surplus.filter((scope) => required.some((row) => row.scope === scope))).toEqual([]);
    expect(reading.code).toBe(0);
  });

  test.each<[string, readonly string[], () => Record<string, string>, number, string]>([
    ["half of the credentials", [], () => ({ ...NOBODY, AUTH0_CLIENT_ID: "id" }), 2, "DEPLOY_VARIABLES_MISSING"],
    ["a wrong secret", [], () => ({ ...access(), AUTH0_CLIENT_SECRET: "wrong" }), 1, "DEPLOY_CREDENTIALS_REFUSED"],
    ["a deletion of something unknown", ["--allow-delete=user:ada"], () => NOBODY, 2, "DELETION_MALFORMED"],
  ])("refuses %s", async (_name, args, environment, code, message) => {
    const result = await scopes(args, environment());
    expect([result.code, result.err]).toEqual([code, expect.stringContaining(`[${message}]`)]);
  });
});
