import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  completed,
  handler,
  outputs,
  startTenantWithActions,
  type TenantWithActions,
} from "../../../../support/tenant-with-actions.ts";

let actions: TenantWithActions;
beforeAll(async () => {
  actions = await startTenantWithActions();
});
afterAll(() => actions.close());

const loginOutput = async () => outputs(completed(await actions.login())).join("");

describe("an Action's module", () => {
  test("is run inside the first execution, not when it is bound, and once", async () => {
    actions.bind(`api.transaction.setMetadata("before", true)`, {
      code: `console.log("loaded"); let n = 0; exports.onExecutePostLogin = async () => console.log(++n);`,
    });
    expect(await loginOutput()).toBe("loaded\n1\n");
    expect(await loginOutput()).toBe("2\n");
    expect(await loginOutput()).toBe("3\n");
  });

  test("is not run when an earlier Action denies", async () => {
    const loud = { code: `console.log("loaded"); exports.onExecutePostLogin = async () => {};` };
    actions.bind(`if (event.request.query.deny) api.access.deny("no");`, loud);
    const request = { ip: "::1", method: "GET", hostname: "localhost", body: {} };
    await actions.login({ request: { ...request, query: { deny: "1" } } });
    expect(outputs(await actions.login({ request: { ...request, query: {} } }))).toEqual(["", "loaded\n"]);
  });

  test("that throws throws the same error at every login, without being run again", async () => {
    actions.bind({
      code: `globalThis.loads = (globalThis.loads ?? 0) + 1; throw new Error("load " + globalThis.loads);`,
    });
    for (const _ of [1, 2]) {
      expect(await actions.login()).toMatchObject({
        kind: "failed",
        error: { message: "load 1", errorClass: "action_error" },
      });
    }
  });

  test("has variables of its own, apart from another Action's", async () => {
    const counter = { code: `let n = 0; exports.onExecutePostLogin = async () => console.log(++n);` };
    actions.bind(counter, counter);
    await actions.login();
    expect(await loginOutput()).toBe("2\n2\n");
  });

  test("starts anew with a new version", async () => {
    const counter = { code: `let n = 0; exports.onExecutePostLogin = async () => console.log(++n);` };
    actions.bind(counter);
    await actions.login();
    actions.bind(counter);
    expect(await loginOutput()).toBe("1\n");
  });

  test("knows CommonJS and no more", async () => {
    actions.bind({
      code: `const top = [this === exports, module.exports === exports, typeof require.resolve, typeof __filename];
        exports.onExecutePostLogin = async () => console.log(top.join(" "));`,
    });
    expect(await loginOutput()).toBe("true true function undefined\n");
  });
});

const signature = (name: string) =>
  `Invalid function signature for the "${name}" handler. Use "exports.${name} = async function(event, api) { }" as the signature.`;

test.each([
  ["no handler", `exports.onExecute = async () => {};`, signature("onExecutePostLogin")],
  [
    "a function that only returns a promise",
    `exports.onExecutePostLogin = () => Promise.resolve();`,
    signature("onExecutePostLogin"),
  ],
  ["an async generator", `exports.onExecutePostLogin = async function* () {};`, signature("onExecutePostLogin")],
  ["something else than an object", `module.exports = async () => {};`, "The Action must export an object."],
  ["broken syntax", `exports.onExecutePostLogin = async ( => {};`, "Unexpected token '=>'"],
  ["an ES module", `export const onExecutePostLogin = async () => {};`, "Unexpected token 'export'"],
  [
    "a redirect without a way back",
    handler(`api.redirect.sendUserTo("https://example.com/")`).code,
    signature("onContinuePostLogin"),
  ],
])("an Action with %s fails when it runs, in the platform's words", async (_name, code, message) => {
  actions.bind({ code });
  expect(await actions.login()).toMatchObject({ kind: "failed", error: { message } });
});

describe("an Action's event and secrets", () => {
  test("carry its own secrets and nobody else's", async () => {
    const show = handler(`console.log(JSON.stringify(event.secrets))`);
    actions.bind({ ...show, secrets: { KEY: "one" } }, { ...show, secrets: { OTHER: "two" } }, show);
    expect(outputs(await actions.login())).toEqual([`{"KEY":"one"}\n`, `{"OTHER":"two"}\n`, "{}\n"]);
  });

  test("do not show later Actions what it assigned to them", async () => {
    actions.bind(
      `event.user.email = "x"; event.user.app_metadata.a = 1; event.client.name = "x"; event.secrets.A = "x"; event.invented = 1;`,
      `console.log(event.user.app_metadata.a, event.client.name, event.secrets.A, event.invented, event.user.email === "x")`,
    );
    expect(outputs(await actions.login())).toEqual(["", "undefined Example SPA undefined undefined false\n"]);
  });
});
