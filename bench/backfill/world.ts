import { createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { parseEnv } from "node:util";
import type { LocalTenant } from "../../local/auth0/server.ts";
import { type ListeningStripe, startLocalStripe } from "../../local/stripe/start.ts";
import { startTestTenant } from "../../test/support/local-tenant.ts";
import { makeProject } from "../../test/support/project-copy.ts";
import { type Script, spawnScript } from "../../test/support/spawn-script.ts";

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
  /** A file that somebody has, or an export that the tenant makes. */
  readonly from: "file" | "tenant";
}

/** A tenant and a Stripe of this process, and the command in one of its own. */
export interface World {
  readonly stripe: ListeningStripe;
  /** `npm run backfill -- --apply` */
  start(): Script;
  close(): Promise<void>;
}

export async function openWorld(load: Load): Promise<World> {
  const tenant = await startTestTenant({ rateLimit: { perSecond: load.limit, burst: load.limit } });
  const stripe = await startLocalStripe({ rateLimits: { total: load.limit } });
  const project = makeProject({ "tenant.yaml": readFileSync(join(ROOT, "tenant.yaml"), "utf8") });
  const directory = mkdtempSync(join(tmpdir(), "bench-backfill-"));
  const file = join(directory, "users.ndjson");
  await addUsers(load, tenant, file);
  const options = ["--apply", "--json", "--stripe-rate", `${load.asked}`, "--auth0-rate", "9999"];
  const environment = {
    ...(parseEnv(readFileSync(join(ROOT, ".env.example"), "utf8")) as Record<string, string>),
    AUTH0_DOMAIN: tenant.domain,
    AUTH0_CA_FILE: tenant.caFile,
    API_IDENTIFIER: "https://api.example.com/",
    WEBHOOK_CLIENT_ID: tenant.clientId,
    WEBHOOK_CLIENT_SECRET: tenant.clientSecret,
    STRIPE_API_URL: stripe.url,
    STRIPE_SECRET_KEY: stripe.keys.create(["rak_customer_write"]).secret,
  };
  return {
    stripe,
    start: () =>
      spawnScript(
        "backfill",
        load.from === "file" ? [...options, "--from", file] : options,
        environment,
        project.directory,
      ),
    async close() {
      rmSync(directory, { recursive: true });
      project.remove();
      await stripe.close();
      await tenant.close();
    },
  };
}

async function addUsers({ due, linked, from }: Load, { tenant }: LocalTenant, file: string): Promise<void> {
  const stream = createWriteStream(file);
  for (let index = 0; index < due + linked; index += 1) {
    const user = makeUser(index, index >= due);
    // Those who are due are read again, whatever the file says.
    if (index < due || from === "tenant") tenant.state.users.set(user.user_id, user);
    if (from === "file") stream.write(`${JSON.stringify(user)}\n`);
  }
  stream.end();
  await finished(stream);
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
