import type { SharedEntry, SharedKind, Sharing } from "../authorizer/billing/sharing.ts";
import type { RedisConnection } from "./connection.ts";
import { DRAW, DROP, LOOK, PUT } from "./scripts.ts";
import type { Signer } from "./signer.ts";

const HOUR = 60 * 60_000;
/** Longer than anything is used: a day, and what a read takes. */
const LASTS = 25 * HOUR;

export interface RedisSharingOptions {
  readonly connection: RedisConnection;
  readonly signer: Signer;
  /** Begins every key. */
  readonly prefix: string;
}

export const drawKeyOf = (prefix: string): string => `${prefix}:last`;

/**
 * What nodes know together, in Redis. Who can write there and has no key of Stripe's can take knowledge away, and can put back
 * what was true within the day, but cannot make anything up.
 */
export function createRedisSharing({ connection, signer, prefix }: RedisSharingOptions): Sharing {
  const placeOf = (kind: SharedKind, key: string): string => `${kind}:${signer.name(`${kind} ${key}`)}`;
  // What a server knew before its restart is not looked at: its last words may be missing.
  const redisKeyOf = (place: string): string => `${prefix}:${connection.run}:${place}`;

  return {
    get isUp() {
      return connection.isUp;
    },
    async draw() {
      const { run } = connection;
      const number = parseNumber(String(await connection.call(DRAW, drawKeyOf(prefix))));
      return number === undefined ? undefined : { run, number };
    },
    async look(kind, key) {
      const place = placeOf(kind, key);
      const { run } = connection;
      const redisKey = redisKeyOf(place);
      const answer = await connection.call(LOOK, redisKey);
      if (!Array.isArray(answer)) return undefined;
      const [text, seconds, microseconds] = (answer as unknown[]).map(String);
      if (text === undefined || text === "") return { found: undefined };
      const found = openEntry(signer, place, { run, text, now: Number(seconds) * 1e6 + Number(microseconds) });
      if (found === undefined) void connection.call(DROP, redisKey, [text]);
      return { found };
    },
    async put(kind, key, value, { run, number }) {
      if (run !== connection.run) return false;
      const place = placeOf(kind, key);
      const text = `${number} ${signer.sign(`${place} ${number}`, JSON.stringify(value))}`;
      return (await connection.call(PUT, redisKeyOf(place), [String(number), text, String(LASTS)])) !== undefined;
    },
  };
}

interface Found {
  readonly run: string;
  readonly text: string;
  /** Redis' time in microseconds, as the numbers of tickets are. */
  readonly now: number;
}

function openEntry(signer: Signer, place: string, { run, text, now }: Found): SharedEntry | undefined {
  const blank = text.indexOf(" ");
  const number = parseNumber(text.slice(0, blank));
  const rendered = number === undefined ? undefined : signer.verify(`${place} ${number}`, text.slice(blank + 1));
  if (number === undefined || rendered === undefined) return undefined;
  const age = Math.max(0, (now - number) / 1000);
  // JSON, or the signature would not be ours.
  return age <= LASTS ? { value: JSON.parse(rendered) as unknown, ticket: { run, number }, age } : undefined;
}

function parseNumber(text: string): number | undefined {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : 0;
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}
