import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { LocalTenant } from "../../local/auth0/server.ts";
import { environmentOf } from "../../scripts/local/environment-of.ts";
import { startTestTenant } from "../support/local-tenant.ts";

const root = join(import.meta.dirname, "../..");

describe("the plan in a job's summary", () => {
  let tenant: LocalTenant;
  let directory: string;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "summary-"));
    tenant = await startTestTenant();
  });
  afterAll(async () => {
    await tenant.close();
    rmSync(directory, { recursive: true });
  });

  async function summarize(change: Record<string, string> = {}) {
    const file = join(directory, `${Math.random()}.md`);
    const example = parseEnv(readFileSync(join(root, ".env.example"), "utf8"));
    const child = spawn(join(root, ".github/plan-summary.sh"), [], {
      stdio: "ignore",
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        ...example,
        ...environmentOf(tenant),
        GITHUB_STEP_SUMMARY: file,
        ...change,
      },
    });
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    return { code, summary: readFileSync(file, "utf8") };
  }

  test("has the plan between fences that no code can end, and ends as the plan does", async () => {
    const { code, summary } = await summarize();
    expect(code).toBe(10);
    expect(summary).toMatch(
      /^### Plan\n\nChanges\.\n\n`{10}diff\n[\s\S]*to create[\s\S]*\+ action filter-scopes[\s\S]*\n`{10}\n$/,
    );
    expect(summary).not.toContain("example-only-session-token-secret");
  });

  test("says why there is none", async () => {
    const { code, summary } = await summarize({ STRIPE_SECRET_KEY: "sk_test_abc" });
    expect(code).toBe(2);
    expect(summary).toMatch(/No plan: exit code 2\.[\s\S]*STRIPE_KEY_SECRET/);
    expect(summary).not.toContain("sk_test_abc");
  });
});
