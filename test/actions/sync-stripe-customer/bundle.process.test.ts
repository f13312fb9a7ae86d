import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { buildSync } from "esbuild";
import { ensureHostsAuthority } from "../../../local/http/certificate-authority.ts";
import type { FaultKind } from "../../../local/stripe/fault-kinds.ts";
import { isLive } from "../../../local/stripe/resources/customer-record.ts";
import { type ListeningStripe, startLocalStripe } from "../../../local/stripe/start.ts";
import { bundleAction } from "../../../scripts/build/bundle.ts";
import { ACTION_PERMISSIONS } from "../../../scripts/stripe/restricted-keys.ts";
import { buildEvent, EMAIL } from "../../support/actions/event.ts";

const root = join(import.meta.dirname, "../../..");
let stripe: ListeningStripe;
let ca: string;
let code: string;
let worker: Worker;

/** Outside jest, whose realm is not Node's own: the built code as a function body, as the platform runs it. */
const host = `
  import { createRequire } from "node:module";
  import { parentPort, workerData } from "node:worker_threads";
  import { compileFunction } from "node:vm";
  import { mapHosts } from ${JSON.stringify(join(root, "local/network/map-hosts.ts"))};
  const { code, root, hosts } = workerData;
  mapHosts(hosts, { refuseOthers: true });
  const loaded = [];
  const load = createRequire(root + "/package.json");
  const module = { exports: {} };
  const required = (name) => { loaded.push(name); return load(name); };
  compileFunction(code, ["module", "exports", "require"])(module, module.exports, required);
  parentPort.on("message", async (event) => {
    loaded.length = 0;
    const calls = [];
    const api = { access: { deny: () => calls.push("deny") }, user: { setAppMetadata: (...call) => calls.push(call) } };
    await module.exports.onExecutePostLogin(event, api);
    parentPort.postMessage({ calls, loaded: [...loaded], form: module.exports.onExecutePostLogin.constructor.name });
  });
`;

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), "bundle-"));
  const authority = await ensureHostsAuthority(directory);
  ca = authority.ca;
  stripe = await startLocalStripe({ tls: await authority.issue("stripe", ["api.stripe.com"]) });
  rmSync(directory, { recursive: true });
  const name = "sync-stripe-customer";
  const action = { name, code: `./dist/actions/${name}.js`, runtime: "node22", supported_triggers: [] };
  const result = await bundleAction(root, action, name, { grants: undefined, billing: undefined });
  if (result.kind !== "bundled") throw new Error(`The Action does not build: ${result.kind}`);
  ({ code } = result.bundle);
});

beforeEach(() => {
  const [built] = buildSync({
    stdin: { contents: host, resolveDir: root },
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
  }).outputFiles;
  const hosts = { "api.stripe.com": { host: "127.0.0.1", port: stripe.port, ca } };
  worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(built?.text ?? "")}`), {
    workerData: { code, root, hosts },
    // What the Action writes to its log.
    stdout: true,
    stderr: true,
  });
});

afterEach(async () => {
  stripe.faults.clear();
  for (const { id } of stripe.customers.values()) stripe.customers.delete(id);
  await worker.terminate();
});

afterAll(() => stripe.close());

interface Answer {
  calls: unknown[];
  loaded: string[];
  form: string;
}

const logIn = (userId: string, email: string, metadata: Record<string, unknown> = {}, setting = "login") => {
  const secrets = {
    STRIPE_SECRET_KEY: stripe.keys.create(ACTION_PERMISSIONS).secret,
    STRIPE_SYNC_SINCE: "2026-11-01",
    STRIPE_CUSTOMER: setting,
  };
  worker.postMessage(buildEvent("database", { secrets, user: { user_id: userId, email, app_metadata: metadata } }));
  return new Promise<Answer>((resolve, reject) => worker.once("message", resolve).once("error", reject));
};

test("the bundle makes a customer over TLS, loading nothing but stripe, and that only when it is due", async () => {
  const linked = { stripe_customer_id: "cus_1", stripe_customer_linked_to: "auth0|ada" };
  await expect(logIn("auth0|ada", EMAIL, linked)).resolves.toEqual({ calls: [], loaded: [], form: "AsyncFunction" });

  const { calls, loaded } = await logIn("auth0|ada", EMAIL);
  expect(loaded).toEqual(["stripe"]);
  const [customer] = stripe.customers.filter(isLive);
  expect(customer).toMatchObject({ email: EMAIL, metadata: { auth0_user_id: "auth0|ada" } });
  expect(calls).toEqual([
    ["stripe_customer_id", customer?.id],
    ["stripe_customer_linked_to", "auth0|ada"],
    ["stripe_customer_email", EMAIL],
  ]);
});

test("the bundle loads no SDK and asks Stripe nothing where customers are made at the checkout", async () => {
  stripe.log.clear();
  await expect(logIn("auth0|ada", EMAIL, {}, "checkout")).resolves.toEqual({
    calls: [],
    loaded: [],
    form: "AsyncFunction",
  });
  expect(stripe.log.entries()).toEqual([]);
});

test.each(["reset-before", "reset-after", "429", "500", "500-after", "html-502-after", "hang-after"] as FaultKind[])(
  "the bundle settles in the same login after %s",
  async (kind) => {
    stripe.faults.add({ kind, method: "POST" });
    const email = `${kind}@example.org`;
    const { calls } = await logIn(`auth0|${kind}`, email);
    expect(stripe.customers.values()).toHaveLength(1);
    expect(calls).toEqual([
      ["stripe_customer_id", stripe.customers.values()[0]?.id],
      ["stripe_customer_linked_to", `auth0|${kind}`],
      ["stripe_customer_email", expect.any(String)],
    ]);
  },
);
