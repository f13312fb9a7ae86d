import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { PostLoginTransaction } from "../../../local/auth0/actions/api/transaction.ts";
import type { CheckoutAction, ReplayedAction, ReplayedLogin } from "../../../local/console/replays/checkout.ts";
import { withConsole } from "../../support/console.ts";
import { type Answer, call } from "../../support/local-tenant.ts";
import { type LoginTenant, startLoginTenant } from "../../support/login-tenant.ts";
import { buildLogin, handler } from "../../support/tenant-with-actions.ts";

const HTML = { accept: "text/html" };
const PLAN = "https://x/plan";
const setPlan = (plan: string): string => handler(`api.accessToken.setCustomClaim("${PLAN}", "${plan}")`).code;

let tenant: LoginTenant;
let login: string;
let token: string;
let built: ReadonlyMap<string, CheckoutAction> | Error;
const saved: ReplayedAction[] = [];
const rows: ReplayedLogin[] = [];

beforeAll(async () => {
  const checkout = {
    async build() {
      if (built instanceof Error) throw built;
      return built;
    },
    async saveTest(replayed: ReplayedAction) {
      saved.push(replayed);
      return `test/actions/${replayed.name}/replayed.test.ts`;
    },
    async saveRow(replayed: ReplayedLogin) {
      rows.push(replayed);
      return "rehearsal/ada.yaml";
    },
  };
  tenant = await startLoginTenant(withConsole({ checkout }));
  await tenant.addUser("ada@example.org", { id: "ada", email_verified: true });
});
afterAll(() => tenant.close());

const getJson = async (path: string) => (await call(tenant, path, { headers: { accept: "application/json" } })).body;
const post = (
  path: string,
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Answer> =>
  call(tenant, path, {
    method: "POST",
    headers: { accept: "application/json", ...headers },
    body: { token, ...fields },
  });
const replay = async (fields: Record<string, string>) => {
  const { body } = await post(`${login}/replays`, fields);
  return (await getJson((body as { location: string }).location)) as Record<string, unknown>;
};

beforeEach(async () => {
  const { state, actions } = tenant.tenant;
  tenant.bind({ name: "plan", code: setPlan("silver") }, { name: "late", code: handler("").code });
  built = new Map([["plan", { code: setPlan("gold"), dependencies: [] }]]);
  saved.length = 0;
  await actions.runPostLogin(buildLogin());
  const list = (await getJson("/")) as { token: string; logins: readonly { id: number }[] };
  ({ token } = list);
  login = `/console/logins/${list.logins[0]?.id}`;
  expect(state.users.size).toBe(1);
});

const planOf = (): string => [...tenant.tenant.state.actions.values()].findLast(({ name }) => name === "plan")!.id;

test("a login opened offers each Action's codes: the checkout's, its own, and the other versions that are kept", async () => {
  expect(await getJson(login)).toMatchObject({
    replay: [
      {
        name: "plan",
        choices: [
          { value: "checkout", label: "code of the checkout" },
          { value: "then", label: "as it was: version 1" },
        ],
      },
      { name: "late" },
    ],
  });
});

test("the code of the checkout meets the same event: the two results stand side by side with what differs", async () => {
  expect(await replay({ [`code.${planOf()}`]: "checkout" })).toMatchObject({
    former: { ending: "completed", actions: [{ name: "plan", version: 1 }, { name: "late" }] },
    replayed: { ending: "completed", actions: [{ name: "plan" }, { name: "late" }] },
    differences: [{ name: `access token claim ${PLAN}`, before: '"silver"', after: '"gold"' }],
    savable: [{ id: planOf(), name: "plan" }],
  });
});

test("another version meets it, and nothing that it asks for is carried out", async () => {
  const { state } = tenant.tenant;
  const action = state.actions.get(planOf())!;
  const version = { ...state.actionVersions.get(action.version_ids[0]!)!, id: "second", number: 2 };
  const code = handler(`api.user.setAppMetadata("seen", true); api.access.deny("no more")`).code;
  state.actionVersions.set("second", { ...version, code });
  state.actions.set(action.id, { ...action, version_ids: [...action.version_ids, "second"] });
  expect(await replay({ [`code.${action.id}`]: "second" })).toMatchObject({
    replayed: { ending: "denied", result: "denied: no more", actions: [{ name: "plan", version: 2 }] },
    savable: [],
  });
  expect(state.users.get("auth0|ada")?.app_metadata?.seen).toBeUndefined();
});

test("with the codes that it had, a login comes to the same", async () => {
  expect(await replay({})).toMatchObject({ differences: [], savable: [] });
});

test("the time at which it ran, wherever an Action writes it, is not a difference", async () => {
  tenant.bind(`api.user.setAppMetadata("seen", { at: Date.now(), day: new Date().toISOString() })`);
  await tenant.tenant.actions.runPostLogin(buildLogin());
  const { logins } = (await getJson("/")) as { logins: readonly { id: number }[] };
  login = `/console/logins/${logins[0]?.id}`;
  expect(await replay({})).toMatchObject({ differences: [] });
});

test("a replay is kept as a test of the Action, with the event as that Action was given it and its own secrets", async () => {
  const late = handler(`api.idToken.setCustomClaim("https://x/was", event.user.app_metadata.step)`).code;
  tenant.bind(handler(`api.user.setAppMetadata("step", 1)`), {
    name: "late",
    code: late,
    secrets: { KEY: "a-secret-value" },
  });
  built = new Map([["late", { code: late, dependencies: [] }]]);
  await tenant.tenant.actions.runPostLogin(buildLogin());
  login = login.replace(/\d+$/, (id) => String(Number(id) + 1));
  const id = [...tenant.tenant.state.actions.values()].findLast(({ name }) => name === "late")!.id;
  const { id: replayId } = await replay({ [`code.${id}`]: "checkout" });
  expect(await post(`/console/replays/${replayId}/tests`, { action: id })).toMatchObject({
    status: 200,
    body: { path: "test/actions/late/replayed.test.ts" },
  });
  const effects = [{ type: "set-claim", token: "idToken", name: "https://x/was", value: 1 }];
  expect(saved).toMatchObject([
    {
      name: "late",
      event: { user: { app_metadata: { step: 1 } }, secrets: { KEY: "a-secret-value" } },
      isContinuing: false,
      runs: [{ effects }, { effects }],
    },
  ]);
});

test("a replay of all with the checkout's code is kept as a row of the rehearsal, and run once more for what varies", async () => {
  built = new Map([
    ["plan", { code: setPlan("gold"), dependencies: [] }],
    ["late", { code: handler("").code, dependencies: [] }],
  ]);
  const { id, isRow } = await replay({ code: "checkout" });
  expect(isRow).toBe(true);
  const answer = await post(`/console/replays/${id}/rows`);
  expect(answer).toMatchObject({
    status: 200,
    body: { path: "rehearsal/ada.yaml", location: `/console/replays/${id}?saved=rehearsal%2Fada.yaml` },
  });
  const page = await call(tenant, (answer.body as { location: string }).location, { headers: HTML });
  expect(page.body).toMatch(/Written: <code>rehearsal\/ada\.yaml<\/code>\. Run it with <code>npm run rehearse<\/code>/);
  expect(rows).toMatchObject([{ event: { user: { email: "ada@example.org" } }, requests: [] }]);
  const claims = rows[0]!.outcomes.map(({ transaction }) => (transaction as PostLoginTransaction).claims.accessToken);
  expect(claims).toEqual([new Map([[PLAN, "gold"]]), new Map([[PLAN, "gold"]])]);
});

test("a replay with another version of one Action is not a row of the rehearsal: that deploys the checkout", async () => {
  const { id, isRow } = await replay({ [`code.${planOf()}`]: "checkout" });
  expect(isRow).toBe(false);
  expect(await post(`/console/replays/${id}/rows`)).toMatchObject({
    status: 422,
    body: {
      error: { code: "NOT_FOR_THE_REHEARSAL", message: expect.stringContaining("with the code of the checkout") },
    },
  });
});

test.each<[what: string, ask: () => Promise<Answer>, status: number, code: string]>([
  ["a login that is not kept", () => post("/console/logins/4711/replays"), 404, "LOGIN_NOT_KEPT"],
  ["a replay that is not kept", () => post("/console/replays/4711/tests"), 404, "REPLAY_NOT_KEPT"],
  ["a row of a replay that is not kept", () => post("/console/replays/4711/rows"), 404, "REPLAY_NOT_KEPT"],
  ["a row without a token", () => post("/console/replays/4711/rows", { token: "" }), 403, "FORM_FROM_ELSEWHERE"],
  ["a version of nobody's", () => post(`${login}/replays`, { code: "nobody" }), 400, "CODE_UNKNOWN"],
  ["an Action that the checkout lost", () => post(`${login}/replays`, { code: "checkout" }), 400, "CODE_UNKNOWN"],
  [
    "a checkout that does not build",
    () => {
      built = Object.assign(new Error("actions/plan/action.ts:3: Unexpected end of file"), { code: "BUILD_REFUSED" });
      return post(`${login}/replays`, { code: "checkout" });
    },
    422,
    "BUILD_REFUSED",
  ],
  ["a form without a token", () => post(`${login}/replays`, { token: "" }), 403, "FORM_FROM_ELSEWHERE"],
  [
    "a form with another's token",
    () => post(`${login}/replays`, { token: "x".repeat(43) }),
    403,
    "FORM_FROM_ELSEWHERE",
  ],
  [
    "a page of another origin",
    () => post(`${login}/replays`, {}, { origin: "https://evil.example" }),
    403,
    "FORM_FROM_ELSEWHERE",
  ],
  [
    "a page of another site",
    () => post(`${login}/replays`, {}, { "sec-fetch-site": "cross-site" }),
    403,
    "FORM_FROM_ELSEWHERE",
  ],
  ["an origin that says nothing", () => post(`${login}/replays`, {}, { origin: "null" }), 403, "FORM_FROM_ELSEWHERE"],
])("%s is refused with what to do", async (_what, ask, status, code) => {
  expect(await ask()).toMatchObject({ status, body: { error: { code, message: expect.any(String) } } });
});

test("a refusal is a page for a person, with the code frame as text", async () => {
  built = Object.assign(new Error("<script>: unexpected"), { code: "BUILD_REFUSED" });
  const { status, body } = await post(`${login}/replays`, { code: "checkout" }, HTML);
  expect(status).toBe(422);
  expect(body).toContain("&lt;script&gt;: unexpected");
});

test("a browser is sent on to the replay by a form of the login's page", async () => {
  const page = (await call(tenant, login, { headers: HTML })).body as string;
  const [, hidden = ""] = /name="token" value="([^"]+)"/.exec(page) ?? [];
  const body = new URLSearchParams({ token: hidden }).toString();
  const headers = { ...HTML, "content-type": "application/x-www-form-urlencoded", origin: `https://${tenant.domain}` };
  const answer = await call(tenant, `${login}/replays`, { method: "POST", headers, body });
  expect(answer).toMatchObject({
    status: 303,
    headers: { location: expect.stringMatching(/^\/console\/replays\/\d+$/) },
  });
});
