import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { listKeywords } from "../../scripts/tenant/keywords.ts";
import { readTenant } from "../../scripts/tenant/read-tenant.ts";

const root = join(import.meta.dirname, "../..");
const folder = join(root, ".github/workflows");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly permissions?: unknown;
  readonly environment?: string;
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly env?: unknown;
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly env?: unknown;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress"?: boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

const files = readdirSync(folder);
const read = (file: string): string => readFileSync(join(folder, file), "utf8");
const workflows = new Map(files.map((file) => [file, parse(read(file)) as Workflow]));
const jobs = [...workflows].flatMap(([file, workflow]) =>
  Object.entries(workflow.jobs).map(([name, job]) => [`${file} ${name}`, job] as const),
);
const steps = jobs.flatMap(([place, job]) => job.steps.map((step) => ({ place, job, step })));
const scripts = (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> })
  .scripts;
/** Commands that talk to the tenant, and so need what tenant.yaml and the connection need. */
const asksTenant = ({ run = "" }: Step): boolean =>
  /plan-summary|run\.mjs deploy|run (--silent )?(rollback|status)/.test(run);

describe("the workflows", () => {
  test.each(files)("%s pins every step of others to a commit, with its version beside it", (file) => {
    const uses = read(file).match(/uses:.*/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/^uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test.each(files)("%s grants nothing but what a job asks for, and no job may write", (file) => {
    const workflow = workflows.get(file);
    expect(workflow?.permissions).toEqual({});
    for (const job of Object.values(workflow?.jobs ?? {})) expect(job.permissions).toEqual({ contents: "read" });
  });

  test("name no script that package.json does not have", () => {
    const summary = readFileSync(join(root, ".github/plan-summary.sh"), "utf8");
    const text = [summary, ...steps.map(({ step }) => step.run ?? "")].join("\n");
    const named = [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name = ""]) => name);
    expect(named).toEqual(expect.arrayContaining(["lint", "types", "rehearse", "plan", "status", "rollback"]));
    for (const name of named) expect(scripts).toHaveProperty([name]);
    const started = [...text.matchAll(/run\.mjs (\w+)/g)].map(([, name]) => `scripts/${name}.ts`);
    expect(started).toContain("scripts/deploy.ts");
    for (const file of started) expect(existsSync(join(root, file))).toBe(true);
  });

  test("give secrets to the steps that ask the tenant, and to no others", () => {
    for (const { step, place } of steps) {
      expect([place, step.run, JSON.stringify(step.env ?? {}).includes("secrets.")]).toEqual([
        place,
        step.run,
        asksTenant(step),
      ]);
    }
    for (const [, job] of jobs) expect(job.env).toBeUndefined();
    for (const { env } of workflows.values()) expect(env).toBeUndefined();
  });

  test("give every keyword of tenant.yaml a value wherever the tenant is asked", async () => {
    const keywords = listKeywords(await readTenant(join(root, "tenant.yaml"))).map(({ name }) => name);
    const needed = new Set([
      ...keywords,
      "AUTH0_DOMAIN",
      "AUTH0_CLIENT_ID",
      "AUTH0_CLIENT_SECRET",
      "SECRETS_DIGEST_KEY",
    ]);
    const asking = steps.filter(({ step }) => asksTenant(step));
    expect(asking.length).toBeGreaterThan(0);
    for (const { step } of asking) expect(Object.keys(step.env ?? {})).toEqual(expect.arrayContaining([...needed]));
  });

  test("hold the tenant's secrets behind an environment, without a shared cache or git's credentials", () => {
    for (const { job, step } of steps.filter(({ step }) => asksTenant(step))) {
      expect([step.run, job.environment]).toEqual([step.run, expect.stringMatching(/^(plan|production)$/)]);
    }
    for (const { job, step } of steps) {
      if (step.uses?.startsWith("actions/checkout")) expect(step.with).toEqual({ "persist-credentials": false });
      if (step.uses?.startsWith("actions/setup-node") && job.environment !== undefined) {
        expect(step.with).toMatchObject({ "package-manager-cache": false });
      }
    }
  });

  test("put nothing that somebody typed into a script's text", () => {
    for (const { step } of steps) expect(step.run ?? "").not.toContain("${{");
  });

  test("check a pull request on every Node that counts, and plan it only where no stranger wrote it", () => {
    const workflow = workflows.get("pull-request.yml");
    expect(workflow?.on).toHaveProperty("pull_request");
    expect(workflow?.jobs.check?.strategy?.matrix.node).toEqual([20, 22, 24]);
    expect(workflow?.jobs.plan?.if).toBe("github.event.pull_request.head.repo.full_name == github.repository");
    for (const { on } of workflows.values()) expect(on).not.toHaveProperty("pull_request_target");
  });

  test("write to the tenant one at a time, and never stop half way for the next", () => {
    for (const file of ["deploy.yml", "rollback.yml"]) {
      expect(workflows.get(file)?.concurrency).toEqual({ group: "tenant-production", "cancel-in-progress": false });
    }
    expect(workflows.get("drift.yml")?.concurrency?.group).not.toBe("tenant-production");
    expect(workflows.get("deploy.yml")?.jobs.deploy).toMatchObject({ environment: "production" });
  });

  test("deploy what was checked, also as processes that are killed and crash", () => {
    const { deploy, check, processes } = workflows.get("deploy.yml")?.jobs ?? {};
    expect(deploy?.needs).toEqual(["check", "processes"]);
    const runs = (job: Job | undefined): readonly string[] => job?.steps.flatMap(({ run = [] }) => run) ?? [];
    expect(runs(check)).toEqual(expect.arrayContaining(["npm run lint", "npm run types", "npm test"]));
    expect(runs(processes)).toEqual(["npm ci", "npm run test:processes"]);
  });
});
