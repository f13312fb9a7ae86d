import { type Load, measureBackfill } from "./backfill/measure.ts";

const LOADS: readonly Load[] = [
  { due: 150, linked: 0, rate: 25 },
  { due: 600, linked: 0, rate: 100 },
  { due: 200, linked: 99_800, rate: 100 },
];
/** Of the rate. */
const LEAST_SHARE = 0.9;
const MOST_MEMORY = 200_000_000;

/** Whether a backfill uses what the rate limits give, and how much memory 100,000 users take. */
export async function run(): Promise<boolean> {
  let isRight = true;
  console.log(row(["users", "due", "rate", "reached", "customers", "memory"]));
  for (const load of LOADS) {
    const { due, linked, rate } = load;
    const { perSecond, customers, memory } = await measureBackfill(load);
    console.log(
      row([
        (due + linked).toLocaleString("en"),
        `${due}`,
        `${rate}/s`,
        `${perSecond.toFixed(1)}/s`,
        `${customers}`,
        memory === undefined ? "unknown" : `${Math.round(memory / 1e6)} MB`,
      ]),
    );
    isRight &&= perSecond >= rate * LEAST_SHARE && customers === due && (memory ?? 0) <= MOST_MEMORY;
  }
  return isRight;
}

const row = (cells: readonly string[]): string => cells.map((cell) => cell.padStart(11)).join("");
