import { generateKeyPairSync } from "node:crypto";
import { SignJWT } from "jose";
import {
  createAuth0Middleware,
  createAwsJwtVerify,
  createBareVerification,
  createBareWebCrypto,
  createJose,
  createOurs,
  type Setting,
} from "./authorizer/contenders.ts";
import { measure } from "./authorizer/measure.ts";
import { countStripeReads } from "./authorizer/stripe-reads.ts";

/** Of bare verification's speed, by the median decision. */
const TARGET = 0.8;

/**
 * Decisions a second with warm keys, as ratios of one run. No verified token is kept anywhere: each decision checks a
 * signature.
 */
export async function run([rounds = "30", perRound = "2000"]: readonly string[]): Promise<boolean> {
  const setting = await createSetting();
  const aws = await createAwsJwtVerify(setting);
  if (aws === undefined) console.log("aws-jwt-verify could not be installed and is left out.\n");
  const contenders = [
    createBareVerification(setting),
    await createOurs(setting, 10),
    await createOurs(setting, 10_000),
    await createBareWebCrypto(setting),
    createJose(setting),
    await createAuth0Middleware(setting),
    ...(aws === undefined ? [] : [aws]),
  ];
  const results = await measure(contenders, Number(rounds), Number(perRound));
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
  const { requests, reads } = await countStripeReads();
  console.log(
    `\nStripe: ${reads} reads for ${requests.toLocaleString("en")} requests of 50 paying customers in a day, without webhooks`,
  );
  const ours = results.slice(1, 3).map(({ p50 }) => bare / p50);
  return ours.every((ratio) => ratio >= TARGET);
}

/** Tokens as Auth0 issues them for users with an API of some scopes: about 900 characters. */
async function createSetting(): Promise<Setting> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const issuer = "https://tenant.example.com/";
  const audience = "https://api.example.com/";
  const sign = (index: number): Promise<string> =>
    new SignJWT({
      scope: "openid profile email get:users post:users get:orders",
      permissions: ["get:orders", "get:users", "post:users"],
      azp: "0123456789abcdefghijABCDEFGHIJ01",
      [`${audience}email`]: `user-${index}@example.com`,
      [`${audience}email_verified`]: true,
      [`${audience}stripe_customer_id`]: `cus_${index}`,
    })
      .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: "key-1" })
      .setIssuer(issuer)
      .setAudience([audience, `${issuer}userinfo`])
      .setSubject(`auth0|${index}`)
      .setIssuedAt()
      .setExpirationTime("2h")
      .sign(privateKey);
  return {
    issuer,
    audience,
    tokens: await Promise.all(Array.from({ length: 1000 }, (_, index) => sign(index))),
    key: publicKey,
    jwk: { ...publicKey.export({ format: "jwk" }), kid: "key-1", alg: "RS256", use: "sig" },
  };
}
