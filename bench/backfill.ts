import { killBackfill } from "./backfill/kill.ts";
import { measureBackfill } from "./backfill/measure.ts";
import type { Load } from "./backfill/world.ts";

const LOADS: readonly Load[] = [
  { due: 150, linked: 0, limit: 25, asked: 25, from: "file" },
  { due: 600, linked: 0, limit: 100, asked: 100, from: "file" },
  { due: 150, linked: 0, limit: 25, asked: 100, from: "file" },
  { due: 200, linked: 99_800, limit: 100, asked: 100, from: "file" },
  { due: 200, linked: 99_800, limit: 100, asked: 100, from: "tenant" },
  { due: 200, linked: 399_800, limit: 100, asked: 100, from: "file" },
];
const KILLED: Load = { due: 300, linked: 300, limit: 100, asked: 100, from: "tenant" };
const KILLS = 3;
/** Of the limit. */
const LEAST_SHARE = 0.9;
const MOST_MEMORY = 200_000_000;

/** Whether a backfill uses what the rate limits give, how much memory 100,000 users take, and what is left after kills. */
export async function run(): Promise<boolean> {
  let isRight = true;
  console.log(row(["users", "from", "due", "allowed", "asked for", "reached", "refused", "customers", "memory"]));
  for (const load of LOADS) {
    const { due, linked, limit, asked, from } = load;
    const { perSecond, customers, refused, memory } = await measureBackfill(load);
    console.log(
      row([
        (due + linked).toLocaleString("en"),
        from,
        `${due}`,
        `${limit}/s`,
        `${asked}/s`,
        `${perSecond.toFixed(1)}/s`,
        `${refused}`,
        `${customers}`,
        memory === undefined ? "unknown" : `${Math.round(memory / 1e6)} MB`,
      ]),
    );
    isRight &&= perSecond >= limit * LEAST_SHARE && customers === due && (memory ?? 0) <= MOST_MEMORY;
  }
  const { sum, customers, owners } = await killBackfill(KILLED, KILLS);
  const { due, linked } = KILLED;
  console.log(`killed ${KILLS} times: ${sum} of ${due + linked} users, ${customers} customers of ${owners} owners`);
  return isRight && sum === due + linked && customers === due && owners === due;
}

const row = (cells: readonly string[]): string => cells.map((cell) => cell.padStart(11)).join("");
