import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import type { ManagementClient } from "auth0";
import Stripe from "stripe";
import { EVENT_TYPES } from "../../gateways/webhooks/webhook-event.ts";
import { createFetch } from "../../scripts/http/trusting-fetch.ts";
import { environmentOf } from "../../scripts/local/environment-of.ts";
import { localDirectory } from "./local-tenant.ts";
import { createManagementClient } from "./management-client.ts";
import { type Script, spawnScript } from "./spawn-script.ts";

/** What `npm run local -- --json` prints. */
interface Local {
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly caFile: string;
  readonly verifyEmailUrl: string;
  readonly stripe: {
    readonly url: string;
    readonly secretKey: string;
    readonly gatewayKey: string;
    readonly accountKey: string;
  };
}

export interface Story {
  readonly local: Local;
  readonly http: typeof fetch;
  readonly management: ManagementClient;
  readonly stripe: Stripe;
  readonly start: (name: string, args: readonly string[], environment: Record<string, string>) => Script;
  /** Started, with Stripe's webhooks led to it. */
  startAuthorizer(environment: Record<string, string>): Promise<{ readonly url: string; readonly script: Script }>;
  close(): Promise<void>;
}

export const STORY_AUDIENCE = "https://api.example.com/";
export const STORY_SPA_URL = "http://localhost:3000";

const readLine = async (script: Script) => JSON.parse((await script.said(/^\{.*\}$/m)).match(/^\{.*\}$/m)?.[0] ?? "");

/**
 * `npm run local`, `npm run deploy` and `npm run stripe:catalogue` as a team runs them, each a process of its own.
 *
 * @param project whose folder, if it is not this one's
 */
export async function startStory(project?: string): Promise<Story> {
  const directory = mkdtempSync(join(tmpdir(), "story-"));
  const running: Script[] = [];
  const start: Story["start"] = (name, args, environment) => {
    const script = spawnScript(name, args, { HOME: directory, ...environment }, project);
    running.push(script);
    return script;
  };
  const close = async () => {
    for (const script of running.reverse()) script.process.kill("SIGTERM");
    await Promise.all(running.map(({ ended }) => ended));
    rmSync(directory, { recursive: true });
  };
  const prepare = async (): Promise<Story> => {
    for (const part of ["keys", "tls"]) cpSync(join(localDirectory, part), join(directory, part), { recursive: true });
    const local: Local = await readLine(start("local", ["--port", "0", "--directory", directory, "--json"], {}));
    const environment: Record<string, string> = {
      ...(parseEnv(readFileSync(join(import.meta.dirname, "../../.env.example"), "utf8")) as Record<string, string>),
      API_IDENTIFIER: STORY_AUDIENCE,
      SPA_URL: STORY_SPA_URL,
      ...environmentOf(local),
      VERIFY_EMAIL_URL: local.verifyEmailUrl,
      STRIPE_API_URL: local.stripe.url,
      STRIPE_SECRET_KEY: local.stripe.secretKey,
      STRIPE_GATEWAY_KEY: local.stripe.gatewayKey,
      STRIPE_CATALOGUE_KEY: local.stripe.accountKey,
      METERING_DIRECTORY: join(directory, "metering"),
      AUTHORIZER_PORT: "0",
    };
    const run = async (name: string, args: readonly string[]): Promise<void> => {
      const script = start(name, args, environment);
      const end = await script.ended;
      if (end !== 0) throw new Error(`${name} ended with ${end}:\n${script.stdout()}${script.stderr()}`);
    };
    await Promise.all([run("deploy", ["--yes", "--skip-stripe-check"]), run("stripe:catalogue", ["--apply"])]);
    const http = createFetch(readFileSync(local.caFile, "utf8"));
    const { hostname, port } = new URL(local.stripe.url);
    const httpClient = Stripe.createFetchHttpClient(http);
    const stripe = new Stripe(local.stripe.accountKey, { host: hostname, port, telemetry: false, httpClient });
    return {
      local,
      http,
      management: createManagementClient(local as never),
      stripe,
      start,
      async startAuthorizer(more) {
        const { id, secret } = await stripe.webhookEndpoints.create({
          url: "http://127.0.0.1:9/",
          enabled_events: [...EVENT_TYPES],
        });
        const script = start("authorizer", ["--json"], {
          ...environment,
          STRIPE_WEBHOOK_SECRET: secret ?? "",
          ...more,
        });
        const { url }: { url: string } = await readLine(script);
        await stripe.webhookEndpoints.update(id, { url: `${url}/webhooks/stripe` });
        return { url, script };
      },
      close,
    };
  };
  return prepare().catch(async (error: unknown) => {
    await close();
    throw error;
  });
}
