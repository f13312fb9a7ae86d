import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { renderTable } from "../scripts/terminal/table.ts";
import { type CountedTenant, startCountedTenant } from "./deploy/counted-tenant.ts";
import { measureLargeTenant } from "./deploy/large-tenant.ts";
import type { ProjectCopy } from "./deploy/project-copy.ts";
import { type Cost, runCommand } from "./deploy/run-command.ts";
import { type Job, SETTINGS, type Setting } from "./deploy/settings.ts";
import { median } from "./logins/median.ts";

const ROOT = join(import.meta.dirname, "..");
/** Ours is quick, so it is measured several times and its median counts; a plain import takes half a minute and more. */
const ROUNDS = 5;
const LARGE = "large tenant";

interface Measured extends Cost {
  readonly writes: number;
}

interface Row {
  readonly setting: Setting;
  readonly job: Job;
  readonly ours: Measured;
  readonly plain: Measured;
}

/**
 * `npm run bench -- deploy [setting]`: `npm run deploy` beside plain `a0deploy import`, each on an empty local tenant of its
 * own, in one run. Ratios against the targets of the setting that has some; about ten minutes for all settings. `large tenant` has no plain import: a plan beside a reading.
 */
export async function run(args: readonly string[]): Promise<boolean> {
  const wanted = args.join(" ");
  const settings = SETTINGS.filter(({ name }) => name.startsWith(wanted));
  const isLarge = LARGE.startsWith(wanted);
  if (settings.length === 0 && !isLarge)
    throw new Error(`No setting begins with "${wanted}": ${[...SETTINGS.map(({ name }) => name), LARGE].join("; ")}`);
  const rows: Row[] = [];
  for (const setting of settings) rows.push(...(await measureSetting(setting)));
  if (rows.length > 0) console.log(renderRows(rows));
  const missed = [...rows.flatMap(listMissed)];
  if (isLarge) missed.push(...(await measureLargeTenant(ROOT)));
  for (const line of missed) console.error(`missed: ${line}`);
  return missed.length === 0;
}

async function measureSetting(setting: Setting): Promise<readonly Row[]> {
  const project = setting.copy();
  const tenants: CountedTenant[] = [];
  try {
    const example = parseEnv(readFileSync(join(ROOT, ".env.example"), "utf8")) as Record<string, string>;
    const start = async () => {
      const tenant = await startCountedTenant(join(ROOT, ".local"), setting.lateness);
      tenants.push(tenant);
      return { tenant, environment: { ...example, ...tenant.access } };
    };
    const [ours, plain] = [await start(), await start()];
    // The scripts are bundled at their first start, and the build is what a plain import reads.
    await runCommand(["scripts/run.mjs", "deploy", "--help"], project.directory, {});
    await runCommand(["scripts/run.mjs", "build"], project.directory, ours.environment);
    const deploy = () => measure(ours.tenant, project, ["scripts/run.mjs", "deploy", "--yes"], ours.environment);
    const cli = join("node_modules", "auth0-deploy-cli", "lib", "index.js");
    const importPlain = () => measure(plain.tenant, project, [cli, "import", "-i", "tenant.yaml"], plain.environment);
    const rows: Row[] = [];
    for (const job of setting.jobs) {
      const costs: Measured[] = [];
      const rounds = job === "first deploy" ? 1 : ROUNDS;
      for (let round = 0; round < rounds; round += 1) {
        if (job === "one Action changed") project.changeAction();
        costs.push(await deploy());
      }
      rows.push({ setting, job, ours: middle(costs), plain: await importPlain() });
    }
    return rows;
  } finally {
    await Promise.all(tenants.map((tenant) => tenant.close()));
    project.remove();
  }
}

async function measure(
  tenant: CountedTenant,
  { directory }: ProjectCopy,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Measured> {
  tenant.takeWrites();
  const cost = await runCommand(args, directory, environment);
  return { ...cost, writes: tenant.takeWrites() };
}

/** Medians of times and memory, and the most writes. */
function middle(costs: readonly Measured[]): Measured {
  return {
    seconds: median(costs.map(({ seconds }) => seconds)),
    peakMemory: median(costs.map(({ peakMemory }) => peakMemory)),
    writes: Math.max(...costs.map(({ writes }) => writes)),
  };
}

/** Where a target was not reached, a line each. */
function listMissed({ setting, job, ours, plain }: Row): readonly string[] {
  const target = setting.targets[job];
  if (target === undefined) return [];
  const { faster, smaller = 0, writes = plain.writes } = target;
  const [time, memory] = [plain.seconds / ours.seconds, plain.peakMemory / ours.peakMemory];
  const name = `${setting.name}, ${job}`;
  return [
    ...(time < faster ? [`${name} is ${time.toFixed(1)} × as fast, not ${faster} ×`] : []),
    ...(memory < smaller ? [`${name} takes 1/${memory.toFixed(1)} of the memory, not 1/${smaller}`] : []),
    ...(ours.writes > writes ? [`${name} makes ${ours.writes} writes, not ${writes}`] : []),
  ];
}

function renderRows(rows: readonly Row[]): string {
  const megabytes = ({ peakMemory }: Cost) => `${Math.round(peakMemory / 1e6)} MB`;
  const cells = rows.map(({ setting, job, ours, plain }) => [
    setting.name,
    job,
    `${ours.seconds.toFixed(2)} s`,
    `${plain.seconds.toFixed(2)} s`,
    `${(plain.seconds / ours.seconds).toFixed(1)} ×${setting.targets[job] === undefined ? "" : ` (≥ ${setting.targets[job]?.faster})`}`,
    megabytes(ours),
    megabytes(plain),
    `1/${(plain.peakMemory / ours.peakMemory).toFixed(1)}`,
    String(ours.writes),
    String(plain.writes),
  ]);
  const header = ["SETTING", "JOB", "OURS", "PLAIN", "FASTER", "MEMORY", "PLAIN", "", "WRITES", "PLAIN"];
  return renderTable(header, cells);
}
