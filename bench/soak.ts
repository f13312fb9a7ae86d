import { createRequire } from "node:module";
import { createLabHandler, createOwnHandler } from "./soak/handlers.ts";
import { runWorld, type WorldReport } from "./soak/run-world.ts";

/**
 * `npm run soak -- [sign-ups] [first seed]`: 10,000 sign-ups under faults, in worlds of 400, through the Action and through
 * the lab's steps. Exits 1 if the Action left anything wrong.
 */
const signUps = Number(process.argv[2] ?? 10_000);
const firstSeed = Number(process.argv[3] ?? 1);
const PER_WORLD = 400;

// The platform gives an Action `require`; as a module this process has none.
Object.assign(globalThis, { require: createRequire(import.meta.url) });

type Totals = Record<string, number>;

async function runAll(createHandler: Parameters<typeof runWorld>[2]): Promise<Totals> {
  const totals: Totals = {};
  for (let done = 0, seed = firstSeed; done < signUps; done += PER_WORLD, seed += 1) {
    const report: WorldReport = await runWorld(seed, Math.min(PER_WORLD, signUps - done), createHandler);
    for (const [name, count] of Object.entries({ ...report.counts, ...report.findings })) {
      totals[name] = (totals[name] ?? 0) + count;
    }
  }
  return totals;
}

const { log, error } = console;
// The Actions' own lines: tens of thousands.
console.log = () => {};
console.error = () => {};
// The local Stripe's timers hold no process open.
const alive = setInterval(() => {}, 60_000);
const start = performance.now();
const ours = await runAll(createOwnHandler);
const lab = await runAll(createLabHandler);
clearInterval(alive);
Object.assign(console, { log, error });

const ROWS: [string, string][] = [
  ["sign-ups", "signUps"],
  ["logins", "logins"],
  ["requests to Stripe", "requests"],
  ["emails with two customers or more", "doubles"],
  ["users left without a customer", "without"],
  ["links to a customer that is not theirs, or gone", "wrongLinks"],
  ["customers taken over", "takenOver"],
  ["refreshes and silent logins denied", "deniedReturns"],
];
console.log(`${"".padEnd(48)} ${"ours".padStart(8)} ${"the lab".padStart(8)}`);
for (const [label, name] of ROWS) {
  console.log(`${label.padEnd(48)} ${String(ours[name]).padStart(8)} ${String(lab[name]).padStart(8)}`);
}
console.log(`seeds from ${firstSeed}, ${Math.round((performance.now() - start) / 1000)} s`);
const wrong = ["doubles", "without", "wrongLinks", "takenOver", "deniedReturns"].filter((name) => ours[name] !== 0);
if (wrong.length > 0) {
  console.error(`Wrong: ${wrong.join(", ")}. Run one world again with: npm run soak -- ${PER_WORLD} <seed>`);
  process.exitCode = 1;
}
