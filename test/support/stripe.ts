import { appendFileSync } from "node:fs";
import Stripe from "stripe";
import { createMovableClock, type MovableClock } from "../../local/clock.ts";
import type { Permission } from "../../local/stripe/keys.ts";
import { type ListeningStripe, type ListenOptions, startLocalStripe } from "../../local/stripe/start.ts";
import { NOW } from "./actions/event.ts";

export const SECRET_KEY = "sk_test_0123456789abcdef";

export interface TestStripe {
  readonly local: ListeningStripe;
  /** Stands still unless moved. */
  readonly clock: MovableClock;
  /** The real SDK with a key that may do everything. */
  readonly client: Stripe;
  clientWith(secret: string, config?: Partial<ConstructorParameters<typeof Stripe>[1]>): Stripe;
  clientThatMay(...permissions: Permission[]): Stripe;
  close(): Promise<void>;
}

/** A local Stripe over plain HTTP and the real SDK, which tries nothing twice. */
export async function startTestStripe(options: ListenOptions = {}): Promise<TestStripe> {
  const clock = createMovableClock(() => NOW);
  const local = await startLocalStripe({ clock: clock.now, keys: [{ secret: SECRET_KEY }], ...options });
  const clientWith: TestStripe["clientWith"] = (secret, config) =>
    new Stripe(secret, {
      host: "127.0.0.1",
      port: local.port,
      protocol: "http",
      telemetry: false,
      maxNetworkRetries: 0,
      httpClient: Stripe.createFetchHttpClient(recordAnswers(process.env.STRIPE_ANSWERS)),
      ...config,
    });
  return {
    local,
    clock,
    client: clientWith(SECRET_KEY),
    clientWith,
    clientThatMay: (...permissions) => clientWith(local.keys.create(permissions).secret),
    close: () => local.close(),
  };
}

/** With a file's name: writes each answer there, for `npm run test:openapi`. */
function recordAnswers(file: string | undefined): typeof fetch | undefined {
  if (file === undefined) return undefined;
  return async (input, init) => {
    const answer = await fetch(input, init);
    const isJson = answer.ok && answer.headers.get("content-type") === "application/json";
    const text = isJson ? await answer.clone().text() : "";
    if (text !== "") appendFileSync(file, `${JSON.stringify(JSON.parse(text))}\n`);
    return answer;
  };
}

/** The headers of an answer. The SDK types them as a plain object and hands over fetch's `Headers`. */
export function readHeaders(answer: { lastResponse: { headers: Record<string, string> } }): Record<string, string> {
  return Object.fromEntries(new Headers(answer.lastResponse.headers));
}
