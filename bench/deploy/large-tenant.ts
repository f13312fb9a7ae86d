import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { renderTable } from "../../scripts/terminal/table.ts";
import { median } from "../logins/median.ts";
import { type CountedTenant, startCountedTenant } from "./counted-tenant.ts";
import { copyProject } from "./project-copy.ts";
import { type Cost, runCommand } from "./run-command.ts";

const SIZES = { clients: 1_000, roles: 1_000, actions: 300 };
const ROUNDS = 5;
/** Of the time that it takes to read the tenant once. */
const MOST_TIME = 1.5;
const MOST_MEMORY = 300e6;

/**
 * A plan of this repository's project with one Action changed, in a tenant that has a thousand clients and roles more and 300
 * Actions, beside a process that lists those three and does nothing else.
 *
 * @returns what was missed, a line each
 */
export async function measureLargeTenant(root: string): Promise<readonly string[]> {
  const project = copyProject(root, 0);
  const tenant = await startCountedTenant(join(root, ".local"), 0);
  try {
    const example = parseEnv(readFileSync(join(root, ".env.example"), "utf8")) as Record<string, string>;
    const environment = { ...example, ...tenant.access };
    const run = (args: readonly string[], exitCode = 0) => runCommand(args, project.directory, environment, exitCode);
    await run(["scripts/run.mjs", "deploy", "--yes"]);
    fill(tenant);
    project.changeAction();
    const [plans, readings]: [Cost[], Cost[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      readings.push(await run([join(import.meta.dirname, "read-lists.mjs")]));
      plans.push(await run(["scripts/run.mjs", "plan"], 10));
    }
    const [time, least] = [plans, readings].map((costs) => median(costs.map(({ seconds }) => seconds))) as [
      number,
      number,
    ];
    const memory = median(plans.map(({ peakMemory }) => peakMemory));
    const cells = [`${time.toFixed(2)} s`, `${least.toFixed(2)} s`, `${(time / least).toFixed(2)} (≤ ${MOST_TIME})`];
    const header = ["SETTING", "PLAN", "READING ONCE", "RATIO", "MEMORY"];
    console.log(
      renderTable(header, [["large tenant", ...cells, `${Math.round(memory / 1e6)} MB (≤ ${MOST_MEMORY / 1e6})`]]),
    );
    return [
      ...(time > least * MOST_TIME ? [`a plan takes ${(time / least).toFixed(2)} × the time of reading once`] : []),
      ...(memory > MOST_MEMORY ? [`a plan takes ${Math.round(memory / 1e6)} MB`] : []),
    ];
  } finally {
    await tenant.close();
    project.remove();
  }
}

function fill({ state }: CountedTenant): void {
  const [client] = state.clients.filter(({ name }) => name === "Example SPA");
  const [role] = state.roles.values();
  const [action] = state.actions.values();
  if (client === undefined || role === undefined || action === undefined) throw new Error("nothing was deployed");
  const ids = (what: string, count: number) => Array.from({ length: count }, (_, index) => `${what}-${index}`);
  for (const id of ids("client", SIZES.clients)) state.clients.set(id, { ...client, client_id: id, name: id });
  for (const id of ids("role", SIZES.roles)) state.roles.set(id, { ...role, id, name: id, permissions: [] });
  for (const id of ids("action", SIZES.actions)) {
    state.actions.set(id, { ...action, id, name: id, version_ids: [], last_version_number: 0 });
  }
}
