import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import https from "node:https";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { withConsole } from "../../support/console.ts";
import { type Answer, call } from "../../support/local-tenant.ts";
import { type LoginTenant, startLoginTenant } from "../../support/login-tenant.ts";
import { buildLogin, handler, type LoginChanges } from "../../support/tenant-with-actions.ts";

const SCRIPT = `<script>alert("x")</script>`;
const SECRET = "sk_test_planted_0123456789";
const KEPT = 60;

let tenant: LoginTenant;
beforeAll(async () => {
  tenant = await startLoginTenant(withConsole({ capacity: KEPT }));
  await tenant.addUser("ada@example.org", { id: "ada", email_verified: true });
});
afterAll(() => tenant.close());

const logIn = (changes: LoginChanges = {}) => tenant.tenant.actions.runPostLogin(buildLogin(changes));
const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> => call(tenant, path, { headers });
const getJson = async (path: string) => (await get(path, { accept: "application/json" })).body as Record<string, never>;
/** The answer as it begins. Whatever name stands in the request, the certificate is that of localhost. */
const open = (path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const options = { headers, ca: readFileSync(tenant.caFile), agent: false, servername: "localhost" } as const;
    https.get(`https://${tenant.domain}${path}`, options, resolve).on("error", reject);
  });
const findLast = async (): Promise<string> => {
  const { logins } = (await getJson("/")) as unknown as { logins: readonly { id: number }[] };
  return `/console/logins/${logins[0]?.id}`;
};

test("the tenant's root is the console's list of logins, a page for people and JSON for programs", async () => {
  tenant.bind(`api.accessToken.setCustomClaim("https://x/plan", "gold")`);
  await logIn();
  const page = await get("/");
  expect(page).toMatchObject({ status: 200, headers: { "content-type": "text/html; charset=UTF-8" } });
  expect(page.body).toContain("ada@example.org");
  const row = { id: 1, who: "ada@example.org", client: "Example SPA", trigger: "post-login", ending: "completed" };
  expect(await getJson("/")).toMatchObject({ total: 1, logins: [{ ...row, result: "let through" }] });
  expect(await getJson("/console/logins.json")).toMatchObject({ total: 1 });
});

test("a login opened says of each Action what it changed, printed and asked for, and why it was denied", async () => {
  tenant.bind(
    `api.user.setAppMetadata("plan", "silver"); console.log("one"); console.log("two")`,
    `api.user.setAppMetadata("plan", "gold"); api.accessToken.setCustomClaim("https://x/plan", event.user.app_metadata.plan);
     api.accessToken.removeScope("get:users")`,
    `api.access.deny("not today")`,
    `console.log("never reached")`,
  );
  await logIn();
  expect(await getJson(await findLast())).toMatchObject({
    ending: "denied",
    result: "denied: not today",
    event: { user: { email: "ada@example.org" } },
    actions: [
      {
        version: 1,
        effect: "changed",
        changes: [{ name: "app_metadata plan", after: '"silver"' }],
        console: ["one", "two"],
      },
      {
        changes: [
          { name: "app_metadata plan", before: '"silver"', after: '"gold"' },
          { name: "https://x/plan".replace(/^/, "access token claim "), after: '"silver"' },
          { name: "scope get:users", after: "removed" },
        ],
      },
      { effect: "denied", changes: [], commands: ["deny"] },
    ],
  });
});

test("what an Action asks for several times is listed once", async () => {
  const remove = 'api.accessToken.removeScope("get:users");';
  tenant.bind(`${remove} ${remove} api.accessToken.removeScope("other"); ${remove}`);
  await logIn();
  expect(await getJson(await findLast())).toMatchObject({
    actions: [{ commands: ["remove-scope get:users", "remove-scope other"] }],
  });
});

test("an Action that throws is shown with its message and the line", async () => {
  tenant.bind(`null.gone`);
  await logIn();
  const path = await findLast();
  expect(await getJson(path)).toMatchObject({ ending: "failed", actions: [{ effect: "failed", changes: [] }] });
  expect((await get(path)).body).toContain("TypeError: Cannot read properties of null (reading &#39;gone&#39;)");
});

test.each<[what: string, log: () => Promise<unknown>]>([
  [
    "user's name and email",
    async () => {
      const { state } = tenant.tenant;
      const user = { ...state.users.get("auth0|ada")!, user_id: "auth0|script", email: SCRIPT, name: SCRIPT };
      state.users.set(user.user_id, user);
      await logIn({ userId: user.user_id });
    },
  ],
  [
    "claim's name",
    async () => tenant.bind(`api.accessToken.setCustomClaim(${JSON.stringify(`https://x/${SCRIPT}`)}, 1)`),
  ],
  ["claim", async () => tenant.bind(`api.idToken.setCustomClaim("https://x/y", ${JSON.stringify(SCRIPT)})`)],
  ["console line", async () => tenant.bind(`console.log(${JSON.stringify(SCRIPT)})`)],
  ["metadata", async () => tenant.bind(`api.user.setUserMetadata("bio", ${JSON.stringify(SCRIPT)})`)],
  ["Action's name", async () => tenant.bind({ ...handler(""), name: SCRIPT })],
  ["reason of a denial", async () => tenant.bind(`api.access.deny(${JSON.stringify(SCRIPT)})`)],
  ["error", async () => tenant.bind(`throw new Error(${JSON.stringify(SCRIPT)})`)],
  ["application's name", () => logIn({ client: { client_id: "x", name: SCRIPT } })],
])("a script as %s is shown as text, in the list, in the login and as it comes live", async (_what, prepare) => {
  const before = tenant.tenant.state.users.size;
  await prepare();
  if (tenant.tenant.state.users.size === before) await logIn();
  const path = await findLast();
  const pages = await Promise.all([get("/"), get(path)]);
  for (const { body } of pages) expect(String(body)).not.toContain("<script>alert");
});

test("what Actions and applications keep secret is shown nowhere", async () => {
  tenant.bind({
    ...handler(`console.log("key", event.secrets.KEY); console.log(event.secrets.SINCE, event.secrets.API, event.secrets.MODE);
      api.accessToken.setCustomClaim("https://x/key", event.secrets.KEY); throw new Error(event.secrets.KEY)`),
    secrets: { KEY: SECRET, SINCE: "2026-01-01", API: tenant.api.identifier, MODE: "remove" },
  });
  await logIn();
  const path = await findLast();
  for (const accept of ["text/html", "application/json"]) {
    const texts = await Promise.all([get("/", { accept }), get(path, { accept })]);
    expect(JSON.stringify(texts.map(({ body }) => body))).not.toContain(SECRET);
  }
  const { actions } = (await getJson(path)) as unknown as { actions: readonly { console: readonly string[] }[] };
  // A day, a word, and what the tenant has in the open besides, are settings and not secrets.
  expect(actions[0]?.console).toEqual(["key [redacted]", `2026-01-01 ${tenant.api.identifier} remove`]);
});

test("the newest are kept, by number, and the page says so; one that is gone is a 404 that says why", async () => {
  tenant.bind("");
  await Promise.all(Array.from({ length: KEPT + 5 }, () => logIn()));
  const { total, kept, logins, before } = (await getJson("/")) as unknown as Record<string, number> & {
    logins: unknown[];
  };
  expect([kept, logins.length, (total ?? 0) - (before ?? 0)]).toEqual([KEPT, 50, 49]);
  expect((await get("/")).body).toContain(`${total}</span> since the tenant was started; the last ${KEPT} are kept.`);
  const earlier = await getJson(`/?before=${before}`);
  expect((earlier as unknown as { logins: unknown[] }).logins).toHaveLength(10);
  expect(await get("/console/logins/1", { accept: "application/json" })).toMatchObject({
    status: 404,
    body: { error: { code: "LOGIN_NOT_KEPT", message: expect.stringContaining(`the last ${KEPT}`) } },
  });
});

test("a search finds by who, application, result and Action", async () => {
  tenant.bind({ ...handler(`api.access.deny("closed on Sundays")`), name: "opening-hours" });
  await logIn();
  for (const search of ["SUNDAYS", "opening-hours"])
    expect(await getJson(`/?search=${search}`)).toMatchObject({ logins: [{ result: "denied: closed on Sundays" }] });
  expect(await getJson("/?search=nobody-at-all")).toMatchObject({ logins: [] });
});

test("a page that is opened is sent what happened meanwhile in one, and then each login as it happens", async () => {
  tenant.bind("");
  const { total } = (await getJson("/")) as unknown as { total: number };
  await Promise.all([logIn(), logIn({ client: { client_id: "x", name: SCRIPT } })]);
  const opened = await open(`/console/logins/events?after=${total}`);
  let text = "";
  const readRows = async () => {
    while (!/^data: .*$/m.test(text)) {
      const [chunk] = (await once(opened, "data")) as [Buffer];
      text += chunk;
    }
    const [whole = "", data = ""] = /^data: (.*)$/m.exec(text) ?? [];
    text = text.slice(text.indexOf(whole) + whole.length);
    return JSON.parse(data) as { readonly html: string; readonly count: number };
  };
  const first = await readRows();
  expect(first).toEqual({ count: 2, html: expect.stringMatching(/^<tr>[\s\S]*ada@example\.org/) });
  expect(first.html).not.toContain("<script>");
  await logIn();
  expect(await readRows()).toMatchObject({ count: 1 });
  opened.destroy();
});

test.each([
  ["a name that leads here and is another's", "evil.example", 421],
  ["a name that only begins like this one", `localhost.evil.example`, 421],
  ["the tenant's own", undefined, 200],
  ["loopback by its number", "127.0.0.1", 200],
])("a request for %s", async (_what, host, status) => {
  const [, port] = tenant.domain.split(":");
  const answer = await open("/", host === undefined ? {} : { host: `${host}:${port}` });
  answer.destroy();
  expect(answer.statusCode).toBe(status);
});

test("nothing on a page comes from elsewhere, and none may be framed", async () => {
  const { headers, body } = await get("/");
  expect(headers["content-security-policy"]).toBe(
    "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; script-src 'self'; connect-src 'self'",
  );
  expect(String(body)).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
});
