import type { ReadRation } from "../authorizer/billing/read-ration.ts";
import type { BillingRules } from "../authorizer/billing/rules.ts";
import type { Sharing } from "../authorizer/billing/sharing.ts";
import { openRedisConnection } from "./connection.ts";
import { createRedisSharing, drawKeyOf } from "./redis-sharing.ts";
import { shareRation } from "./share-ration.ts";
import { createSigner } from "./signer.ts";

export interface RedisSettings {
  /** `redis://…` or `rediss://…`, of one server (or Valkey), not of a cluster. */
  readonly url: string;
  /** Stripe's: nodes with the same key know things together, and nobody else can tell them anything. */
  readonly secretKey: string;
  readonly rules: BillingRules;
  readonly log: (line: string) => void;
  /** See RedisConnectionOptions. */
  readonly timeout?: number | undefined;
}

export interface Redis {
  readonly sharing: Sharing;
  /** Keeps this ration together with the other nodes from now on. */
  share(ration: ReadRation): Promise<void>;
  close(): void;
}

/** Resolves within a second, whether Redis answers or not: it is looked for until it does. */
export async function openRedis({ url, secretKey, rules, log, timeout }: RedisSettings): Promise<Redis> {
  // What counts as paid is part of what is shared.
  const signer = createSigner(secretKey, JSON.stringify(["gateway", 1, rules.pastDue]));
  const prefix = `gateway:${signer.name("prefix").slice(0, 16)}`;
  const connection = await openRedisConnection({ url, drawKey: drawKeyOf(prefix), log, timeout });
  const rations: { stop(): void }[] = [];
  return {
    sharing: createRedisSharing({ connection, signer, prefix }),
    async share(ration) {
      rations.push(await shareRation(ration, connection, `${prefix}:ration`));
    },
    close() {
      for (const { stop } of rations) stop();
      connection.close();
    },
  };
}
