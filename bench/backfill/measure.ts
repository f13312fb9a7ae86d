import { createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { parseEnv } from "node:util";
import { startLocalStripe } from "../../local/stripe/start.ts";
import { startTestTenant } from "../../test/support/local-tenant.ts";
import { makeProject } from "../../test/support/project-copy.ts";
import { spawnScript } from "../../test/support/spawn-script.ts";

const ROOT = join(import.meta.dirname, "../..");

export interface Load {
  /** Users who are to get a customer: two requests to each side. */
  readonly due: number;
  /** Users who have one: nobody is asked. */
  readonly linked: number;
  /** Requests a second that each side allows, and refuses what is more. */
  readonly limit: number;
  /** Requests a second that the command is told to send to Stripe, at most. */
  readonly asked: number;
}

export interface Measured {
  /** Requests to Stripe a second, from the first customer to the last. */
  readonly perSecond: number;
  readonly customers: number;
  /** Requests that Stripe refused for its rate limit. */
  readonly refused: number;
  /** Bytes of the process's memory at its largest; undefined where the system does not tell. */
  readonly memory: number | undefined;
}

/** `npm run backfill -- --apply`, a process of its own, against a tenant and a Stripe of this one. */
export async function measureBackfill({ due, linked, limit, asked }: Load): Promise<Measured> {
  const tenant = await startTestTenant({ rateLimit: { perSecond: limit, burst: limit } });
  const stripe = await startLocalStripe({ rateLimits: { total: limit } });
  const project = makeProject({ "tenant.yaml": readFileSync(join(ROOT, "tenant.yaml"), "utf8") });
  const directory = mkdtempSync(join(tmpdir(), "bench-backfill-"));
  try {
    const file = join(directory, "users.ndjson");
    const stream = createWriteStream(file);
    for (let index = 0; index < due + linked; index += 1) {
      const user = makeUser(index, index >= due);
      if (index < due) tenant.tenant.state.users.set(user.user_id, user);
      stream.write(`${JSON.stringify(user)}\n`);
    }
    stream.end();
    await finished(stream);
    const options = ["--apply", "--json", "--from", file, "--stripe-rate", `${asked}`, "--auth0-rate", "9999"];
    const script = spawnScript(
      "backfill",
      options,
      {
        ...(parseEnv(readFileSync(join(ROOT, ".env.example"), "utf8")) as Record<string, string>),
        AUTH0_DOMAIN: tenant.domain,
        AUTH0_CA_FILE: tenant.caFile,
        API_IDENTIFIER: "https://api.example.com/",
        WEBHOOK_CLIENT_ID: tenant.clientId,
        WEBHOOK_CLIENT_SECRET: tenant.clientSecret,
        STRIPE_API_URL: stripe.url,
        STRIPE_SECRET_KEY: stripe.keys.create(["rak_customer_write"]).secret,
      },
      project.directory,
    );
    let isRunning = true;
    void script.ended.then(() => {
      isRunning = false;
    });
    let [first, last, seen, atFirst, memory] = [0, 0, 0, 0, 0];
    while (isRunning) {
      const { size } = stripe.customers;
      if (size > seen) {
        last = performance.now();
        if (first === 0) [first, atFirst] = [last, size];
        seen = size;
      }
      memory = Math.max(memory, readLargest(script.process.pid));
      await sleep(10);
    }
    if ((await script.ended) !== 0) throw new Error(`The backfill failed:\n${script.stderr()}`);
    const perSecond = ((seen - atFirst) * 2 * 1000) / (last - first);
    const refused = stripe.log.entries().filter(({ status }) => status === 429).length;
    return { perSecond, customers: stripe.customers.size, refused, memory: memory || undefined };
  } finally {
    rmSync(directory, { recursive: true });
    project.remove();
    await stripe.close();
    await tenant.close();
  }
}

function makeUser(index: number, isLinked: boolean) {
  const id = `auth0|user${index}`;
  const at = "2020-01-01T00:00:00.000Z";
  return {
    user_id: id,
    email: `user${index}@example.org`,
    email_verified: true,
    identities: [
      {
        connection: "Username-Password-Authentication",
        isSocial: false,
        provider: "auth0",
        user_id: `user${index}`,
      },
    ],
    created_at: at,
    updated_at: at,
    last_ip: "127.0.0.1",
    logins_count: 40,
    ...(isLinked && { app_metadata: { stripe_customer_id: `cus_${index}`, stripe_customer_linked_to: id } }),
  };
}

/** Linux tells the largest so far; 0 where there is no such file (any more). */
function readLargest(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
