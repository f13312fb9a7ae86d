import { join } from "node:path";
import { compileFunction } from "node:vm";
import { bundleAction } from "../scripts/build/bundle.ts";
import { startPortalWorld } from "../test/gateways/support/portal.ts";
import { buildEvent } from "../test/support/actions/event.ts";

/** Milliseconds at the server. */
const SLOWEST = 20;
/** Bytes of a page with its stylesheet. */
const LARGEST = 30_000;

/**
 * What a person waits for on the billing portal, over a tenant and a Stripe account on this machine, and what a login costs that
 * leaves the customer to it.
 */
export async function run([looks = "2000"]: readonly string[]): Promise<boolean> {
  const page = await measurePage(Number(looks));
  const login = await measureLogin();
  console.log(
    `portal page, warm: median ${page.median.toFixed(2)} ms, 99 % within ${page.slow.toFixed(2)} ms (target ${SLOWEST})`,
  );
  console.log(`  calls to Stripe: ${page.calls}; page and stylesheet: ${page.bytes} bytes (target ${LARGEST})`);
  console.log(
    `portal page, read anew: median ${page.anew.toFixed(2)} ms with ${page.callsAnew} answers of the local Stripe`,
  );
  console.log(
    `a login with STRIPE_CUSTOMER=checkout: ${login.requests} requests, packages loaded: ${login.loaded.join(", ") || "none"}`,
  );
  const isPageRight = page.slow <= SLOWEST && page.bytes <= LARGEST && page.calls === 0;
  return isPageRight && login.requests === 0 && login.loaded.length === 0;
}

async function measurePage(looks: number) {
  const world = await startPortalWorld();
  try {
    const email = "ada@example.com";
    const { user_id: userId } = await world.tenant.addUser(email, { email_verified: true });
    const { id: customer } = await world.stripe.client.customers.create({ email, metadata: { auth0_user_id: userId } });
    const { users } = world.tenant.tenant.state;
    const user = users.get(userId);
    if (user === undefined) throw new Error("The user is not there");
    const link = { stripe_customer_id: customer, stripe_customer_linked_to: userId };
    users.set(userId, { ...user, app_metadata: link });
    await world.stripe.client.subscriptions.create({ customer, items: [{ price: world.price }] });
    const visit = world.visit(world.open());
    await visit.logIn(email);
    const { text } = await visit.get();
    const styles = await visit.get("/billing/styles.css");
    world.takeRequests();
    const look = async (): Promise<number> => {
      const start = performance.now();
      const { status } = await visit.get();
      if (status !== 200) throw new Error(`The page is answered ${status}`);
      return performance.now() - start;
    };
    const times = await repeat(looks, look);
    const calls = world.takeRequests().length;
    // Another node, which has the session and knows nothing yet.
    const anew = await repeat(20, async () => {
      const other = world.visit(world.open());
      for (const [name, value] of visit.cookies) other.cookies.set(name, value);
      const start = performance.now();
      await other.get();
      return performance.now() - start;
    });
    return {
      median: quantile(times, 0.5),
      slow: quantile(times, 0.99),
      calls,
      bytes: Buffer.byteLength(text) + Buffer.byteLength(styles.text),
      anew: quantile(anew, 0.5),
      callsAnew: world.takeRequests().length / 20,
    };
  } finally {
    await world.close();
  }
}

/** The Action as it is deployed, which is handed a `require` and a `fetch` that count. */
async function measureLogin(): Promise<{ requests: number; loaded: readonly string[] }> {
  const name = "sync-stripe-customer";
  const action = { name, code: `./dist/actions/${name}.js`, runtime: "node22", supported_triggers: [] };
  const root = join(import.meta.dirname, "..");
  const result = await bundleAction(root, action, name, { grants: undefined, billing: undefined });
  if (result.kind !== "bundled") throw new Error(`The Action does not build: ${result.kind}`);
  const loaded: string[] = [];
  let requests = 0;
  const module = { exports: {} as { onExecutePostLogin?: (event: unknown, api: unknown) => Promise<void> } };
  const load = (name: string): unknown => {
    if (name.startsWith("node:")) return process.getBuiltinModule(name);
    loaded.push(name);
    throw new Error(`${name} is loaded`);
  };
  const { fetch } = globalThis;
  globalThis.fetch = async () => {
    requests += 1;
    throw new Error("Stripe is asked");
  };
  try {
    compileFunction(result.bundle.code, ["module", "exports", "require"])(module, module.exports, load);
    const secrets = {
      STRIPE_CUSTOMER: "checkout",
      STRIPE_SECRET_KEY: "rk_test_example",
      STRIPE_SYNC_SINCE: "2026-01-01",
    };
    await module.exports.onExecutePostLogin?.(buildEvent("database", { secrets }), {
      access: { deny: () => loaded.push("(denied)") },
    });
  } finally {
    globalThis.fetch = fetch;
  }
  return { requests, loaded };
}

async function repeat(times: number, work: () => Promise<number>): Promise<number[]> {
  const measured: number[] = [];
  for (let done = 0; done < times; done++) measured.push(await work());
  return measured.sort((one, other) => one - other);
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
