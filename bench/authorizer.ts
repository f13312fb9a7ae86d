import {
  createAuth0Middleware,
  createAwsJwtVerify,
  createBareVerification,
  createBareWebCrypto,
  createJose,
  createOurs,
} from "./authorizer/contenders.ts";
import { flood } from "./authorizer/flood.ts";
import { measure } from "./authorizer/measure.ts";
import { createSetting, signTokens } from "./authorizer/setting.ts";
import { countStripeReads } from "./authorizer/stripe-reads.ts";

/** Of bare verification's speed, by the median decision. */
const SEEN_TARGET = 7;
const FIRST_TARGET = 0.75;
/** Bytes, for tokens that are kept. */
const MOST_HELD = 100_000_000;
/** Of Stripe, with webhooks. */
const MOST_READS = 60;

/**
 * Decisions a second with warm keys, as ratios of one run. Tokens come as new texts each time. Those that were seen before are
 * told from those that are seen for the first time: there the room is for a few of them only, so that none is found again.
 */
export async function run([rounds = "30", perRound = "2000"]: readonly string[]): Promise<boolean> {
  const setting = createSetting();
  const tokens = await signTokens(setting, Number(perRound));
  const aws = await createAwsJwtVerify(setting);
  if (aws === undefined) console.log("aws-jwt-verify could not be installed and is left out.\n");
  const room = tokens.reduce((sum, { length }) => sum + length, 0) / 4;
  const contenders = [
    createBareVerification(setting),
    await createOurs(setting, { name: "this authorizer, seen before, 10 routes", otherRoutes: 9 }),
    await createOurs(setting, { name: "this authorizer, seen before, 10,000 routes", otherRoutes: 9_999 }),
    await createOurs(setting, { name: "this authorizer, first sight, 10 routes", otherRoutes: 9, keptTokens: room }),
    await createOurs(setting, { name: "this authorizer, nothing kept", otherRoutes: 9, keptTokens: 0 }),
    await createBareWebCrypto(setting),
    createJose(setting),
    await createAuth0Middleware(setting),
    ...(aws === undefined ? [] : [aws]),
  ];
  const results = await measure(contenders, Number(rounds), tokens);
  await Promise.all(contenders.map(({ close }) => close?.()));

  const bare = results[0]?.p50 ?? 1;
  const heads = ["decisions/s", "of bare", "cpu µs", "p50 µs", "p99 µs"].map((head) => head.padStart(13)).join("");
  console.log(`${"".padEnd(50)}${heads}`);
  for (const { name, perSecond, cpu, p50, p99 } of results) {
    const cells = [
      Math.round(perSecond).toLocaleString("en"),
      `${Math.round((bare / p50) * 100)} %`,
      cpu.toFixed(1),
      p50.toFixed(1),
      p99.toFixed(1),
    ];
    console.log(name.padEnd(50) + cells.map((cell) => cell.padStart(13)).join(""));
  }
  const { tokens: once, perToken, held, isFound } = flood(tokens[0] ?? "");
  console.log(
    `\n${once.toLocaleString("en")} tokens that come once: ${perToken.toFixed(1)} µs each for keeping them, ${Math.round(held / 1e6)} MB held; ` +
      `the one that comes again is ${isFound ? "" : "not "}found each time`,
  );
  const [without, heard] = [await countStripeReads(false), await countStripeReads(true)];
  console.log(
    `\nStripe: ${heard.reads} reads for ${heard.requests.toLocaleString("en")} requests of 50 paying customers in a day from a cold start, ` +
      `webhooks included; ${without.reads.toLocaleString("en")} without webhooks`,
  );
  const ratio = (index: number): number => bare / (results[index]?.p50 ?? Number.POSITIVE_INFINITY);
  return (
    ratio(1) >= SEEN_TARGET &&
    ratio(2) >= SEEN_TARGET &&
    ratio(3) >= FIRST_TARGET &&
    isFound &&
    held <= MOST_HELD &&
    heard.reads <= MOST_READS
  );
}
