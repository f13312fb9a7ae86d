import { once } from "node:events";
import { Agent, get } from "node:https";
import { renderTable } from "../scripts/terminal/table.ts";
import { startTenantServer } from "./logins/contenders.ts";
import { logInToTenant } from "./logins/log-in.ts";
import { measureLogins } from "./logins/measure-logins.ts";
import { median } from "./logins/median.ts";
import type { Server, ServerFacts } from "./logins/server.ts";

const LOGINS = 100_000;
/** Milliseconds, at the client; and bytes of the page with what it loads. */
const SLOWEST = 100;
const LARGEST = 60_000;
/** Of the logins a second of a tenant without a console. */
const LEAST = 0.95;
const ROUNDS = 21;
const IN_A_ROUND = 30;

/**
 * `npm run bench -- console`: the console's first page after 100,000 logins, and logins a second of a tenant with it open in a
 * browser and with it closed, each for those of a tenant that has none, in rounds that alternate.
 */
export async function run(): Promise<boolean> {
  const [bare, watched] = await Promise.all([startTenantServer([]), startTenantServer(["console"])]);
  try {
    const measure = (server: Server): Promise<number> => measureLogins(server, logInToTenant, IN_A_ROUND);
    for (let round = 0; round < 6; round += 1) for (const server of [bare, watched]) await measure(server);
    const closed: number[] = [];
    const open: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const without = await measure(bare);
      closed.push((await measure(watched)) / without);
      const page = await openStream(watched.facts);
      open.push((await measure(watched)) / without);
      page.destroy();
    }
    await watched.ask({ ask: "record logins", count: LOGINS });
    const pages = await measurePages(watched.facts);
    return report(pages, median(closed), median(open));
  } finally {
    await Promise.all([bare, watched].map((server) => server.close()));
  }
}

const ASSETS = ["/console/styles.css", "/console/live.js"];

async function measurePages({ origin, ca }: ServerFacts) {
  const agent = new Agent({ keepAlive: true, ca });
  const times: number[] = [];
  let bytes = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    bytes = await readLength(`${origin}/`, agent);
    times.push(performance.now() - started);
  }
  for (const file of ASSETS) bytes += await readLength(`${origin}${file}`, agent);
  agent.destroy();
  return { milliseconds: median(times), bytes };
}

async function readLength(url: string, agent: Agent): Promise<number> {
  const [response] = await once(get(url, { agent }), "response");
  let length = 0;
  for await (const chunk of response) length += (chunk as Buffer).length;
  return length;
}

/** As an open page has it. */
async function openStream({ origin, ca }: ServerFacts) {
  const [response] = await once(get(`${origin}/console/logins/events?after=0`, { ca, agent: false }), "response");
  response.resume();
  return response;
}

function report(
  { milliseconds, bytes }: { milliseconds: number; bytes: number },
  closed: number,
  open: number,
): boolean {
  const rows = [
    [`first page after ${LOGINS.toLocaleString("en")} logins`, `${milliseconds.toFixed(1)} ms`, `≤ ${SLOWEST} ms`],
    ["its size with stylesheet and script", `${bytes.toLocaleString("en")} bytes`, `≤ ${LARGEST.toLocaleString("en")}`],
    ["logins/s with the console open, of none", percent(open), `≥ ${percent(LEAST)}`],
    ["logins/s with the console closed, of none", percent(closed), ""],
  ];
  console.log(renderTable(["", "measured", "target"], rows));
  return milliseconds <= SLOWEST && bytes <= LARGEST && open >= LEAST;
}

const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`;
