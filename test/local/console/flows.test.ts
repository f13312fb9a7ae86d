import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { highlight } from "../../../local/console/flows/highlight.ts";
import { withConsole } from "../../support/console.ts";
import { call } from "../../support/local-tenant.ts";
import { type LoginTenant, startLoginTenant } from "../../support/login-tenant.ts";
import { bindActions, handler } from "../../support/tenant-with-actions.ts";

const SCRIPT = `<script>alert("x")</script>`;
const SECRET = "sk_test_planted_0123456789";

let tenant: LoginTenant;
let id: string;
beforeAll(async () => {
  tenant = await startLoginTenant(withConsole());
  tenant.bind({ name: "gone", code: handler("").code });
  tenant.bind(
    {
      name: "first",
      code: "one\ntwo\n",
      dependencies: [{ name: "stripe", version: "23.1.0" }],
      secrets: { KEY: SECRET },
    },
    { name: SCRIPT, code: `${SCRIPT}\n// ${SECRET}\n` },
  );
  bindActions(tenant.tenant, "credentials-exchange", [{ name: "machines", code: "" }]);
  const { state } = tenant.tenant;
  const action = [...state.actions.values()].find(({ name }) => name === "first")!;
  const version = state.actionVersions.get(action.version_ids[0]!)!;
  state.actionVersions.set("second", { ...version, id: "second", number: 2, code: "one\nthree\n" });
  state.actions.set(action.id, { ...action, version_ids: [...action.version_ids, "second"] });
  id = action.id;
});
afterAll(() => tenant.close());

const get = async (path: string, accept = "application/json") =>
  (await call(tenant, path, { headers: { accept } })).body;

test("per trigger the Actions in their order, with what they are made of; those that nothing runs apart", async () => {
  const first = { name: "first", version: 2, bytes: 10, runtime: "node22" };
  expect(await get("/console/flows")).toMatchObject({
    flows: [
      {
        trigger: "post-login",
        actions: [
          { ...first, dependencies: ["stripe@23.1.0"], secrets: ["KEY"] },
          { name: SCRIPT, secrets: [] },
        ],
      },
      { trigger: "credentials-exchange", actions: [{ name: "machines" }] },
    ],
    unbound: [{ name: "gone" }],
  });
});

test("an Action shows the code of its live version, or of the one that is asked for", async () => {
  expect(await get(`/console/flows/${id}`)).toMatchObject({ shown: 2, code: "one\nthree\n" });
  expect(await get(`/console/flows/${id}?version=1`)).toMatchObject({
    shown: 1,
    code: "one\ntwo\n",
    versions: [
      { number: 2, isLive: true },
      { number: 1, isLive: false },
    ],
  });
});

test("two versions are compared line by line", async () => {
  expect(await get(`/console/flows/${id}?version=2&with=1`)).toMatchObject({
    comparison: {
      with: 1,
      parts: [
        { change: "same", text: "one\n" },
        { change: "removed", text: "two\n" },
        { change: "added", text: "three\n" },
      ],
    },
  });
  expect(await get(`/console/flows/${id}?version=2&with=2`, "text/html")).toContain("Their code is the same.");
});

test.each([
  ["an Action", "/console/flows/nobody", "ACTION_UNKNOWN"],
  ["a version", () => `/console/flows/${id}?version=9`, "VERSION_UNKNOWN"],
  ["a version to compare with", () => `/console/flows/${id}?with=9`, "VERSION_UNKNOWN"],
])("%s that is not there is a 404", async (_what, path, code) => {
  const answer = await call(tenant, typeof path === "string" ? path : path(), {
    headers: { accept: "application/json" },
  });
  expect(answer).toMatchObject({ status: 404, body: { error: { code } } });
});

test("a script as an Action's name and as its code is text; a secret in code is taken out", async () => {
  const script = [...tenant.tenant.state.actions.values()].find(({ name }) => name === SCRIPT)!;
  for (const path of ["/console/flows", `/console/flows/${script.id}`]) {
    const page = String(await get(path, "text/html"));
    expect(page).not.toContain("<script>alert");
    expect(page).not.toContain(SECRET);
  }
});

test.each([
  ["a comment", "a // b", 'a <span class="comment">// b</span>'],
  [
    "a text with an escaped quote",
    String.raw`f("a\"b")`,
    String.raw`f(<span class="text">&quot;a\&quot;b&quot;</span>)`,
  ],
  ["a keyword, and not a member called so", "return a.return", '<span class="keyword">return</span> a.return'],
  ["a number, and not a name with one", "a1 + 1", 'a1 + <span class="figure">1</span>'],
  ["what is markup in HTML", "a < b && c", "a &lt; b &amp;&amp; c"],
])("of code, %s", async (_what, code, expected) => {
  expect(String(await highlight(code))).toBe(expected);
});
