import { generateKeyPairSync, randomBytes } from "node:crypto";
import { KEPT_TOKENS } from "../../gateways/authorizer/authorizer.ts";
import { parseClaims } from "../../gateways/authorizer/token/claims.ts";
import { createVerifiedTokens } from "../../gateways/authorizer/token/verified-tokens.ts";
import { collectGarbage } from "../shared/collect-garbage.ts";

export interface Flood {
  readonly tokens: number;
  /** Microseconds for each of them, to make room for it and to find one that comes again; the rest of a decision left out. */
  readonly perToken: number;
  /** Bytes that are held when all have come. */
  readonly held: number;
  /** Whether the token that came again all along was still there each time. */
  readonly isFound: boolean;
}

const SIGNATURE = 342;

/** A million tokens of which each comes once, and one that comes again for every hundred of them. */
export function flood(token: string, count = 1_000_000): Flood {
  const { publicKey: key } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const [, payload = ""] = token.split(".");
  const input = token.slice(0, -SIGNATURE);
  const bytesBefore = readHeap();
  const tokens = createVerifiedTokens(KEPT_TOKENS);
  const keep = (text: string): void =>
    tokens.keep({ text, kid: "key-1", key, claims: parseClaims(payload) ?? {}, scopes: [] });
  keep(token);
  let isFound = true;
  let spent = 0;
  for (let index = 0; index < count; index++) {
    const once = Buffer.from(input + randomBytes(256).toString("base64url")).toString("latin1");
    const start = performance.now();
    tokens.find(once);
    keep(once);
    if (index % 100 === 0) isFound &&= tokens.find(token) !== undefined;
    spent += performance.now() - start;
  }
  const held = readHeap() - bytesBefore;
  // What is held is held until here.
  isFound &&= tokens.find(token) !== undefined;
  return { tokens: count, perToken: (spent / count) * 1000, held, isFound };
}

function readHeap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
