import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type Stripe from "stripe";
import type { LocalTenant } from "../../../local/auth0/server.ts";
import type { User } from "../../../local/auth0/state/user.ts";
import type { CustomerRecord } from "../../../local/stripe/resources/customer-record.ts";
import { isLive } from "../../../local/stripe/resources/customer-record.ts";
import { startTestTenant } from "../../support/local-tenant.ts";
import { makeProject, type ProjectCopy } from "../../support/project-copy.ts";
import { spawnScript } from "../../support/spawn-script.ts";
import { startTestStripe, type TestStripe } from "../../support/stripe.ts";

/** `npm run backfill`, a process of its own, against the tenant and the Stripe of this one. */
const root = join(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

let world: LocalTenant;
let stripe: TestStripe;
let project: ProjectCopy;
let environment: Record<string, string>;

beforeAll(() => {
  project = makeProject({ "tenant.yaml": read("tenant.yaml") });
});
afterAll(() => project.remove());
beforeEach(async () => {
  world = await startTestTenant({ rateLimit: { perSecond: 100, burst: 100 } });
  stripe = await startTestStripe({ clock: Date.now });
  const { domain, clientId, clientSecret, caFile } = world;
  environment = {
    ...(parseEnv(read(".env.example")) as Record<string, string>),
    AUTH0_DOMAIN: domain,
    AUTH0_CA_FILE: caFile,
    API_IDENTIFIER: "https://api.example.com/",
    WEBHOOK_CLIENT_ID: clientId,
    WEBHOOK_CLIENT_SECRET: clientSecret,
    STRIPE_API_URL: `http://127.0.0.1:${stripe.local.port}`,
    STRIPE_SECRET_KEY: stripe.local.keys.create(["rak_customer_write"]).secret,
  };
});
afterEach(async () => {
  for (const left of [".local", "users.json"]) rmSync(join(project.directory, left), { recursive: true, force: true });
  await stripe.close();
  await world.close();
});

const start = (...options: string[]) => spawnScript("backfill", options, environment, project.directory);
async function run(...options: string[]) {
  const script = start("--json", ...options);
  const code = await script.ended;
  return { code, stdout: script.stdout(), stderr: script.stderr() };
}
const report = (stdout: string) =>
  JSON.parse(stdout) as { tally: Record<string, number>; attention: { user: string; kind: string; why?: string }[] };
const counted = (stdout: string) =>
  Object.fromEntries(Object.entries(report(stdout).tally).filter(([, count]) => count > 0));

/** Identity and id agree, as Auth0 has it. */
function addUser(name: string, changes: Partial<User> = {}): User {
  const identity = {
    connection: "Username-Password-Authentication",
    isSocial: false,
    provider: "auth0",
    user_id: name,
  };
  const user: User = {
    user_id: `auth0|${name}`,
    email: `${name}@example.org`,
    email_verified: true,
    last_ip: "127.0.0.1",
    updated_at: "2020-01-01T00:00:00.000Z",
    identities: [identity],
    created_at: "2020-01-01T00:00:00.000Z",
    logins_count: 40,
    ...changes,
  };
  return world.tenant.state.users.set(user.user_id, user);
}
function seed(id: string, changes: Partial<Stripe.Customer>): void {
  const customer = { id, object: "customer", created: 1_500_000_000, metadata: {}, ...changes };
  stripe.local.customers.set(id, customer as unknown as CustomerRecord);
}
const live = () => stripe.local.customers.filter(isLive).filter(isLive);
const writes = () => stripe.local.log.entries().filter(({ method }) => method !== "GET");
const metadataOf = (name: string) => world.tenant.state.users.get(`auth0|${name}`)?.app_metadata ?? {};

function addPeople(): void {
  addUser("new", { email: "New@Example.org" });
  addUser("own");
  seed("cus_own", { email: "own@example.org", metadata: { auth0_user_id: "auth0|own" } });
  addUser("linked", {
    app_metadata: { stripe_customer_id: "cus_l", stripe_customer_linked_to: "auth0|linked" },
  });
  addUser("unverified", { email_verified: false });
  const { email: _, ...nameless } = addUser("nameless");
  world.tenant.state.users.set(nameless.user_id, nameless);
  addUser("barred", { blocked: true });
  addUser("taken");
  seed("cus_taken", { email: "taken@example.org", metadata: { auth0_user_id: "auth0|other" } });
  addUser("several");
  for (const id of ["cus_1", "cus_2"]) seed(id, { email: "several@example.org" });
}

const NEEDS = { "email not verified": 1, "no email": 1, blocked: 1, "not theirs": 2 };

test("a plan says what would be, and who needs a person, and writes nothing", async () => {
  addPeople();
  const { code, stdout } = await run();
  expect([code, counted(stdout)]).toEqual([10, { "linked before": 1, created: 1, found: 1, ...NEEDS }]);
  const { attention } = report(stdout);
  expect(Object.fromEntries(attention.map(({ user, kind, why }) => [user, why ?? kind]))).toEqual({
    "auth0|unverified": "email not verified",
    "auth0|nameless": "no email",
    "auth0|barred": "blocked",
    "auth0|taken": "cus_taken has this email and is not this user's",
    "auth0|several": expect.stringMatching(/^cus_[12] has this email and is not this user's \(and 1 more\)$/),
  });
  expect(stdout).not.toContain("@example.org");
  expect(writes()).toEqual([]);
  expect(metadataOf("new")).toEqual({});
});

test("--apply does what the plan said, and a second run has nothing to do", async () => {
  addPeople();
  const first = await run("--apply");
  expect([first.code, counted(first.stdout)]).toEqual([0, { "linked before": 1, created: 1, found: 1, ...NEEDS }]);
  const made = live().find(({ email }) => email === "new@example.org");
  expect(made?.metadata).toEqual({ auth0_user_id: "auth0|new" });
  expect(metadataOf("new")).toEqual({
    stripe_customer_id: made?.id,
    stripe_customer_linked_to: "auth0|new",
    stripe_customer_email: "new@example.org",
  });
  expect(metadataOf("own")).toMatchObject({ stripe_customer_id: "cus_own", stripe_customer_linked_to: "auth0|own" });
  for (const name of ["unverified", "nameless", "barred", "taken", "several"]) expect(metadataOf(name)).toEqual({});

  stripe.local.log.clear();
  const second = await run("--apply");
  expect([second.code, counted(second.stdout)]).toEqual([0, { "linked before": 3, ...NEEDS }]);
  expect(writes()).toEqual([]);
  // The list of users, with their addresses, is gone when it is done with.
  const [folder = ""] = readdirSync(join(project.directory, ".local/backfill"));
  expect(readdirSync(join(project.directory, ".local/backfill", folder))).toEqual(["apply.jsonl.done"]);
});

test("killed three times where Stripe allows less than it asks for, it ends with the right sum and no customer twice", async () => {
  const count = 150;
  stripe.local.rateLimits.set({ total: 30 });
  for (let index = 0; index < count; index += 1) addUser(`user${index}`);
  const options = ["--apply", "--stripe-rate", "100", "--auth0-rate", "100"];
  for (const kill of [20, 60, 100]) {
    const script = start("--json", ...options);
    const until = async (): Promise<void> => {
      while (live().length < kill) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await Promise.race([until(), script.ended]);
    script.process.kill("SIGKILL");
    await expect(script.ended).resolves.toBe("SIGKILL");
  }
  const { code, stdout } = await run(...options);
  expect(code).toBe(0);
  const sum = Object.values(report(stdout).tally).reduce((total, one) => total + one, 0);
  const owners = live().map(({ metadata }) => metadata.auth0_user_id);
  expect([sum, owners.length, new Set(owners).size]).toEqual([count, count, count]);
  expect(stripe.local.log.entries().filter(({ status }) => status === 429)).not.toEqual([]);
  for (const { id, metadata } of live()) {
    expect(world.tenant.state.users.get(metadata.auth0_user_id ?? "")?.app_metadata).toMatchObject({
      stripe_customer_id: id,
    });
  }
});

const addLinked = (count: number): void => {
  for (let index = 0; index < count; index += 1) {
    const app_metadata = { stripe_customer_id: "cus_l", stripe_customer_linked_to: `auth0|u${index}` };
    addUser(`u${index}`, { app_metadata });
  }
};
const jobs = () => world.tenant.state.records("/jobs");

test("of more than the thousand that a search shows, all of one moment, nobody is left out", async () => {
  addLinked(2_345);
  const { code, stdout, stderr } = await run();
  expect([code, counted(stdout), stderr]).toEqual([0, { "linked before": 2_345 }, ""]);
  // The address of the export lets in whoever has it.
  expect(stdout).not.toMatch(/https:|ticket/);
});

test("killed while the tenant exports its users, it goes on with that export", async () => {
  addLinked(3);
  const script = start();
  const folder = join(project.directory, ".local/backfill", world.domain.replace(":", "-"));
  while (!existsSync(join(folder, "users.json.gz.job"))) await new Promise((resolve) => setTimeout(resolve, 5));
  script.process.kill("SIGKILL");
  await script.ended;
  const { code, stdout } = await run();
  expect([code, counted(stdout), jobs().size]).toEqual([0, { "linked before": 3 }, 1]);
});

describe("an export", () => {
  const exported = (...users: object[]) => users.map((user) => `${JSON.stringify(user)}\n`).join("");
  const file = () => join(project.directory, "users.json");

  test.each([
    ["plain", (text: string) => text],
    ["compressed", (text: string) => gzipSync(text)],
  ])("%s is read, and what Auth0 says now counts", async (_, encode) => {
    const kept = addUser("kept");
    const lost = addUser("lost", { email_verified: false });
    const gone = { ...kept, user_id: "auth0|gone" };
    writeFileSync(file(), encode(exported(kept, { ...lost, email_verified: true }, gone)));
    const { code, stdout } = await run("--apply", "--from", file());
    expect([code, counted(stdout)]).toEqual([0, { created: 1, "email not verified": 1, deleted: 1 }]);
    expect(live().map(({ email }) => email)).toEqual(["kept@example.org"]);
  });

  test.each([
    ["that is not there", undefined],
    ["that was cut off", gzipSync(exported({ user_id: "auth0|a" })).subarray(0, 20)],
    ["with a line that is not JSON", `${exported({ user_id: "auth0|a" })}{"user_id`],
    ["with a line that is not a user", exported({ user_id: "auth0|a" }, { email: "a@example.org" })],
    ["in CSV", "user_id,email\nauth0|a,a@example.org\n"],
    ["in one line without an end", "x".repeat(41_000_000)],
  ])("%s is refused before anything is sent to Stripe", async (_, content) => {
    if (content !== undefined) writeFileSync(file(), content);
    const { code, stderr } = await run("--apply", "--from", file());
    expect([code, stderr]).toEqual([2, expect.stringMatching(/\[BACKFILL_EXPORT_UNREADABLE\]\n$/)]);
    expect(stripe.local.log.entries()).toEqual([]);
  });
});

test("a key that Stripe refuses stops it, and the next run goes on", async () => {
  for (let index = 0; index < 60; index += 1) addUser(`user${index}`);
  const right = environment.STRIPE_SECRET_KEY;
  environment.STRIPE_SECRET_KEY = "rk_test_nobody";
  const refused = await run("--apply");
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/\[BACKFILL_STOPPED\]\n$/)]);
  expect(refused.stderr).not.toContain("rk_test_nobody");
  environment.STRIPE_SECRET_KEY = right ?? "";
  const { code, stdout } = await run("--apply", "--stripe-rate", "100", "--auth0-rate", "100");
  expect([code, counted(stdout)]).toEqual([0, { created: 60 }]);
});

test("a client that may not read users is told which scopes it lacks", async () => {
  addUser("new");
  const grants = world.tenant.state.clientGrants;
  for (const grant of grants.values()) grants.set(grant.id, { ...grant, scope: ["read:roles"] });
  const { code, stderr } = await run();
  expect([code, stderr]).toEqual([2, expect.stringMatching(/read:users[\s\S]*\[BACKFILL_SCOPE_MISSING\]\n$/)]);
});

test.each([
  ["without the client of the webhooks", [], { WEBHOOK_CLIENT_ID: "" }, "BACKFILL_CLIENT_MISSING"],
  ["with a Stripe key that is none", [], { STRIPE_SECRET_KEY: "pk_test_0" }, "STRIPE_KEY_UNUSABLE"],
  ["with a rate of nothing", ["--stripe-rate", "0"], {}, "USAGE"],
])("%s nothing is sent", async (_, options, changes, code) => {
  Object.assign(environment, changes);
  const { code: exit, stderr } = await run(...options);
  expect([exit, stderr]).toEqual([2, expect.stringContaining(`[${code}]`)]);
  expect(stripe.local.log.entries()).toEqual([]);
});
