import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { renderTable } from "../scripts/terminal/table.ts";
import { type Contender, startFormer, startRivals, startTenant } from "./logins/contenders.ts";
import { logInToTenant } from "./logins/log-in.ts";
import { measureActions } from "./logins/measure-actions.ts";
import { measureLogins } from "./logins/measure-logins.ts";
import { measureStarts } from "./logins/measure-start.ts";
import { measureSigning, measureTokens, type TokenCost } from "./logins/measure-tokens.ts";
import { median } from "./logins/median.ts";
import { listTargets, percent, type Result, ratioOf, reportTargets } from "./logins/targets.ts";

const ROOT = join(import.meta.dirname, "..");
const STARTS = 9;
const ROUNDS = 21;
const SIGNATURES = 320;
/** In a round. The others take up to forty times as long. */
const TENANT = { tokens: 320, logins: 30 };
const RIVAL = { tokens: 40, logins: 5 };

/**
 * `npm run bench -- logins`: the local tenant beside bare signing and beside two other servers, all over HTTPS on connections
 * that stay open. All get the same requests from the same client, which writes them to its sockets and looks for no more in the answers
 * than a login needs: it shares the processors with the server, and Node's own client takes a quarter of them. Short rounds of all of
 * them alternate, so that what else the machine does befalls all alike; ratios are medians of ratios within a round.
 *
 * @param folders of other checkouts, with their packages: their tenants stand beside, and logins must be half as many again
 */
export async function run(folders: readonly string[]): Promise<boolean> {
  const load = renderLoad();
  const starts = await measureStarts(ROOT, STARTS);
  const tenant = await startTenant();
  const formers = await Promise.all(folders.map(startFormer));
  const rivals = await startRivals(ROOT);
  const contenders = [tenant, ...formers, ...rivals];
  try {
    for (const contender of contenders) await warmUp(contender);
    const requestsBefore = await tenant.server.ask<number>({ ask: "stripe requests" });
    const bare: TokenCost[] = [];
    const results = contenders.map((contender): Result => ({ contender, tokens: [], logins: [] }));
    for (let round = 0; round < ROUNDS; round += 1) {
      bare.push(await measureSigning(tenant.server, SIGNATURES));
      for (const { contender, tokens, logins } of results) {
        const measured = await measureRound(contender, shareOf(contender));
        tokens.push(measured.tokens);
        if (measured.logins !== undefined) logins.push(measured.logins);
      }
    }
    const requests = (await tenant.server.ask<number>({ ask: "stripe requests" })) - requestsBefore;
    const inRuntime = median(await tenant.server.ask<readonly number[]>({ ask: "action times" }));
    const names = tenant.server.facts.actions ?? [];
    const actions = await measureActions(ROOT, names, ROUNDS);

    console.log(`${renderServers(bare, results)}\n${load}`);
    return reportTargets(listTargets({ starts, bare, results, formers, requests, actions, inRuntime, names }));
  } finally {
    await Promise.all(contenders.map(({ server }) => server.close()));
  }
}

/** Until the compiler has done its work. */
async function warmUp(contender: Contender): Promise<void> {
  for (let round = 0; round < 12; round += 1) await measureRound(contender, shareOf(contender));
}

const shareOf = ({ logIn }: Contender) => (logIn === logInToTenant ? TENANT : RIVAL);

async function measureRound({ server, logIn }: Contender, { tokens, logins }: typeof TENANT) {
  return {
    tokens: await measureTokens(server, tokens),
    logins: logIn === undefined ? undefined : await measureLogins(server, logIn, logins),
  };
}

/** Servers use several threads, bare signing one: where processors are taken, the ratio says more about that than about us. */
function renderLoad(): string {
  const [load = 0] = loadavg();
  const cores = availableParallelism();
  return `${cores} processors, load ${load.toFixed(1)}${load > cores ? ": busy with other work, so rates and their ratio to one thread say little" : ""}`;
}

function renderServers(bare: readonly TokenCost[], results: readonly Result[]): string {
  const ofTokens = (costs: readonly TokenCost[]): readonly string[] => [
    Math.round(median(costs.map(({ perSecond }) => perSecond))).toLocaleString("en"),
    `${Math.round(median(costs.map(({ cpu }) => cpu)))} µs`,
  ];
  return renderTable(
    ["", "tokens/s", "CPU/token", "of bare signing", "logins/s", "of this tenant's"],
    [
      ["bare RS256 signatures, node:crypto, one thread", ...ofTokens(bare), "100 %", "", ""],
      ...results.map((result) => [
        result.contender.name,
        ...ofTokens(result.tokens),
        percent(ratioOf(result, bare)),
        result.logins.length === 0 ? "has no login" : String(Math.round(median(result.logins))),
        result.logins.length === 0
          ? ""
          : percent(
              median(result.logins.map((perSecond, round) => perSecond / (results[0]?.logins[round] ?? Number.NaN))),
            ),
      ]),
    ],
  );
}
