import { join } from "node:path";
import { renderTable } from "../scripts/terminal/table.ts";
import { type LargeTenant, measureTenant } from "./large-state/measure-tenant.ts";

const ROOT = join(import.meta.dirname, "..");
const CLIENTS = 1_000;
const LOGS = 200_000;
/** Users. The first is what the others are compared with. */
const SIZES = [1_000, 10_000, 100_000];
const SLOWEST_START = 1_500;
const MOST_MEMORY = 350e6;
/** Of the time that a search takes in the smallest. */
const MOST_GROWTH = 2;

/**
 * `npm run bench -- large-state [size …]`: a tenant that starts with 1,000, 10,000 and 100,000 users, each with 1,000 clients and
 * 200,000 log entries in its state file: how long it takes to start, what it then holds, and how long it looks for users.
 */
export async function run(args: readonly string[]): Promise<boolean> {
  const sizes = args.length === 0 ? SIZES : args.map(Number);
  const tenants: LargeTenant[] = [];
  for (const users of sizes) tenants.push(await measureTenant(ROOT, { users, clients: CLIENTS, logs: LOGS }));
  const [least] = tenants;
  if (least === undefined) return false;
  const questions = Object.keys(least.searches);
  console.log(
    renderTable(
      ["USERS", "START", "MEMORY", ...questions],
      tenants.map(({ start, memory, searches }, at) => [
        (sizes[at] ?? 0).toLocaleString("en"),
        `${(start / 1000).toFixed(2)} s`,
        `${Math.round(memory / 1e6)} MB`,
        ...questions.map((what) => `${(searches[what] ?? 0).toFixed(2)} ms`),
      ]),
    ),
  );
  const missed = tenants.flatMap((tenant, at) =>
    listMissed(tenant, least).map((what) => `${sizes[at]} users: ${what}`),
  );
  for (const what of missed) console.log(`✗ ${what}`);
  return missed.length === 0;
}

function listMissed({ start, memory, searches }: LargeTenant, least: LargeTenant): readonly string[] {
  const grown = Object.entries(searches).map(([what, time]) => [what, time / (least.searches[what] ?? time)] as const);
  return [
    ...(start > SLOWEST_START ? [`the start takes ${start.toFixed(0)} ms (≤ ${SLOWEST_START})`] : []),
    ...(memory > MOST_MEMORY ? [`it holds ${Math.round(memory / 1e6)} MB (≤ ${MOST_MEMORY / 1e6})`] : []),
    ...grown
      .filter(([, ratio]) => ratio > MOST_GROWTH)
      .map(([what, ratio]) => `${what} takes ${ratio.toFixed(1)} × as long (≤ ${MOST_GROWTH})`),
  ];
}
