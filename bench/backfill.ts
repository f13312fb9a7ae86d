import { type Load, measureBackfill } from "./backfill/measure.ts";

const LOADS: readonly Load[] = [
  { due: 150, linked: 0, limit: 25, asked: 25 },
  { due: 600, linked: 0, limit: 100, asked: 100 },
  { due: 150, linked: 0, limit: 25, asked: 100 },
  { due: 200, linked: 99_800, limit: 100, asked: 100 },
  { due: 200, linked: 399_800, limit: 100, asked: 100 },
];
/** Of the limit. */
const LEAST_SHARE = 0.9;
const MOST_MEMORY = 200_000_000;

/** Whether a backfill uses what the rate limits give, and how much memory 100,000 users take. */
export async function run(): Promise<boolean> {
  let isRight = true;
  console.log(row(["users", "due", "allowed", "asked for", "reached", "refused", "customers", "memory"]));
  for (const load of LOADS) {
    const { due, linked, limit, asked } = load;
    const { perSecond, customers, refused, memory } = await measureBackfill(load);
    console.log(
      row([
        (due + linked).toLocaleString("en"),
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
  return isRight;
}

const row = (cells: readonly string[]): string => cells.map((cell) => cell.padStart(11)).join("");
