import { createSetting, signTokens } from "./authorizer/setting.ts";
import { startLoad } from "./authorizer-service/load.ts";
import { startContender } from "./authorizer-service/start-contender.ts";

/** Of the bare server's requests a second. */
const TARGET = 0.5;
/** Of the bare server's p99. */
const SLOWEST = 3;
const CONNECTIONS = 16;

/**
 * Requests a second that the forward-auth service answers, beside a bare node:http server that answers 200 with the same
 * headers: tokens that were seen before, metered, on the disk within a second. Either server and the load have a process each.
 */
export async function run([rounds = "6", seconds = "3"]: readonly string[]): Promise<boolean> {
  const setting = createSetting();
  const requests = (await signTokens(setting, 500)).map(renderRequest);
  const [bare, service, load] = await Promise.all([
    startContender("bare", setting),
    startContender("service", setting),
    startLoad(),
  ]);
  const results = { bare: [] as Result[], service: [] as Result[] };
  try {
    for (const { port } of [bare, service]) await load.run({ port, requests, connections: CONNECTIONS, seconds: 1 });
    for (let round = 0; round < Number(rounds); round++) {
      for (const [name, { port }] of Object.entries({ bare, service }) as ["bare" | "service", { port: number }][])
        results[name].push(await load.run({ port, requests, connections: CONNECTIONS, seconds: Number(seconds) }));
    }
  } finally {
    await Promise.all([bare.close(), service.close(), load.close()]);
  }
  const [best, ours] = [chooseBest(results.bare), chooseBest(results.service)];
  console.log("".padEnd(36) + ["requests/s", "of bare", "p50 ms", "p99 ms"].map((head) => head.padStart(12)).join(""));
  for (const [name, result] of [
    ["bare node:http", best],
    ["the forward-auth service, metered", ours],
  ] as const) {
    const cells = [
      Math.round(result.perSecond).toLocaleString("en"),
      `${Math.round((result.perSecond / best.perSecond) * 100)} %`,
      result.p50.toFixed(2),
      result.p99.toFixed(2),
    ];
    console.log(name.padEnd(36) + cells.map((cell) => cell.padStart(12)).join(""));
  }
  return ours.perSecond / best.perSecond >= TARGET && ours.p99 <= SLOWEST * best.p99;
}

type Result = Awaited<ReturnType<Awaited<ReturnType<typeof startLoad>>["run"]>>;

/** The round that was disturbed least. */
const chooseBest = (results: readonly Result[]): Result =>
  results.reduce((best, one) => (one.perSecond > best.perSecond ? one : best));

/** As NGINX asks for a request of a browser. */
const renderRequest = (token: string): string =>
  [
    "GET /auth-request HTTP/1.1",
    "Host: authorizer",
    "X-Forwarded-Method: GET",
    "X-Forwarded-Uri: /reports/12?x=1",
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Accept: application/json",
    "Accept-Language: en-US,en;q=0.5",
    "Accept-Encoding: gzip, deflate, br",
    "Origin: https://app.example.com",
    `Authorization: Bearer ${token}`,
    "",
    "",
  ].join("\r\n");
