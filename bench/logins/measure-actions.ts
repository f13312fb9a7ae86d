import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Event } from "@auth0/actions/post-login/v3";
import { planNextStep } from "../../local/auth0/actions/api/next-step.ts";
import { createPostLoginApi } from "../../local/auth0/actions/api/post-login.ts";
import { startTransaction } from "../../local/auth0/actions/api/transaction.ts";
import { loadBundle } from "../../scripts/build/load/load-bundle.ts";
import { API_IDENTIFIER, buildEvent } from "../../test/support/actions/event.ts";

type Handler = (event: Event, api: unknown) => Promise<void>;

const SETTINGS = {
  VERIFY_EMAIL_SINCE: "2026-01-01",
  VERIFY_EMAIL_URL: "https://example.com/verify",
  SESSION_TOKEN_SECRET: "example-only-session-token-secret",
  STRIPE_SECRET_KEY: "rk_test_example_only",
  STRIPE_SYNC_SINCE: "2026-01-01",
  API_IDENTIFIER,
  SCOPES: "assigned",
  DIRECT_PERMISSIONS: "remove",
  EXTENSION_PERMISSIONS: "off",
};
const PER_ROUND = 2000;

/**
 * Microseconds of processor time that the built bundles of these Actions take for one login of a linked user: the median of rounds, each
 * the difference to handlers that do nothing. Making the event and the api object is the platform's work; calls of it count.
 */
export async function measureActions(directory: string, actions: readonly string[], rounds: number): Promise<number> {
  const handlers = actions.map((name) => {
    const code = readFileSync(join(directory, "dist/actions", `${name}.js`), "utf8");
    const loaded = loadBundle(code, { directory, packages: [], timeout: 5_000 });
    if (loaded.kind !== "loaded") throw new Error(`${name} cannot be loaded: ${loaded.kind}`);
    return (loaded.exported as { onExecutePostLogin: Handler }).onExecutePostLogin;
  });
  const idle = handlers.map((): Handler => async () => {});
  await checkWork(handlers);
  await measureRound(handlers);
  await measureRound(idle);
  const costs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    costs.push((await measureRound(handlers)) - (await measureRound(idle)));
  }
  return costs.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
}

/** Nothing would be quicker than an Action that denies at once. */
async function checkWork(handlers: readonly Handler[]): Promise<void> {
  const event = buildReturningLogin();
  const transaction = startTransaction(event);
  const { api, effects } = createPostLoginApi({ now: Date.now, event, transaction });
  for (const handler of handlers) await handler(event, api);
  const claims = [...transaction.claims.accessToken.keys()];
  const { type: step } = planNextStep(effects);
  if (step !== "run-next-action" || !claims.includes(`${API_IDENTIFIER}stripe_customer_id`)) {
    throw new Error(`The Actions did not do their work: ${step}, ${claims.join(", ")}`);
  }
}

const buildReturningLogin = (): Event =>
  buildEvent("database", {
    authorization: { roles: ["viewer"] },
    secrets: SETTINGS,
    stats: { logins_count: 3 },
    user: { app_metadata: { stripe_customer_id: "cus_1", stripe_customer_linked_to: "auth0|ada" } },
  });

async function measureRound(handlers: readonly Handler[]): Promise<number> {
  const event = buildReturningLogin();
  const before = process.cpuUsage();
  for (let login = 0; login < PER_ROUND; login += 1) {
    const transaction = startTransaction(event);
    const { api } = createPostLoginApi({ now: Date.now, event, transaction });
    for (const handler of handlers) await handler(event, api);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / PER_ROUND;
}
