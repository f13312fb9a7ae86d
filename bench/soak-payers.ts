import { createRequire } from "node:module";
import type { Findings } from "./soak-payers/judge.ts";
import { runWorld } from "./soak-payers/world.ts";

/**
 * `npm run soak:payers -- [people] [first seed]`: 10,000 people for two weeks, in worlds of 100. Exits 1 if somebody who had paid was
 * refused, or somebody who had not was let in, for longer than the documentation says.
 */
const people = Number(process.argv[2] ?? 10_000);
const firstSeed = Number(process.argv[3] ?? 1);
const PER_WORLD = 100;
/** People. */
const SAID_EVERY = 1_000;

// The platform gives an Action `require`; as a module this process has none.
Object.assign(globalThis, { require: createRequire(import.meta.url) });

const { log, error } = console;
// The Actions' own lines: tens of thousands.
console.log = () => {};
console.error = () => {};
// The local Stripe's timers hold no process open.
const alive = setInterval(() => {}, 60_000);
const start = performance.now();
const seconds = (): number => Math.round((performance.now() - start) / 1000);
const totals = { requests: 0, refusedPayers: 0, guests: 0, graces: 0, longestRefused: 0, longestGuest: 0 };
for (let done = 0, seed = firstSeed; done < people; done += PER_WORLD, seed += 1) {
  const found: Findings = await runWorld({
    seed,
    people: Math.min(PER_WORLD, people - done),
    customer: seed % 2 === 0 ? "checkout" : "login",
    onWrong: (line) => log(`seed ${seed}, ${line}`),
  });
  totals.requests += found.requests;
  totals.refusedPayers += found.refusedPayers;
  totals.guests += found.guests;
  totals.graces += found.graces;
  totals.longestRefused = Math.max(totals.longestRefused, found.longestRefused);
  totals.longestGuest = Math.max(totals.longestGuest, found.longestGuest);
  const lived = Math.min(done + PER_WORLD, people);
  if (lived % SAID_EVERY === 0)
    log(`${lived} people, ${seconds()} s: ${totals.refusedPayers} refused, ${totals.guests} let in too long`);
}
clearInterval(alive);
Object.assign(console, { log, error });

const ROWS: readonly [string, number][] = [
  ["people", people],
  ["requests", totals.requests],
  ["refused a minute after paying, or later", totals.refusedPayers],
  ["let in beyond the grace, without paying", totals.guests],
  ["let in within the grace, after the end of what was paid for", totals.graces],
  ["longest that a payer was refused, in seconds", Math.round(totals.longestRefused)],
  ["longest that somebody was let in who had ended it, in hours", Number(totals.longestGuest.toFixed(2))],
];
for (const [label, value] of ROWS) console.log(`${label.padEnd(60)} ${String(value).padStart(9)}`);
console.log(`seeds from ${firstSeed}, ${seconds()} s`);
if (totals.refusedPayers + totals.guests > 0) {
  console.error(`Wrong. Run one world again with: npm run soak:payers -- ${PER_WORLD} <seed>`);
  process.exitCode = 1;
}
