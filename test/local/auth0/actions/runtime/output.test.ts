import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { outputs, startTenantWithActions, type TenantWithActions } from "../../../../support/tenant-with-actions.ts";

let actions: TenantWithActions;
beforeAll(async () => {
  actions = await startTenantWithActions({ actions: { outputMaxBytes: 20 } });
});
afterAll(() => actions.close());

test.each([
  ["formats as Node's console does", `console.log("%s is %d", "a", 1, { b: [2] })`, "a is 1 { b: [ 2 ] }\n"],
  ["takes every level", `console.error("e"); console.warn("w"); console.debug("d"); console.info("i")`, "e\nw\nd\ni\n"],
  ["takes process.stdout", `process.stdout.write("out"); process.stderr.write("err")`, "outerr"],
  ["is that of a library as well", `globalThis.console.log("global")`, "global\n"],
  [
    "follows callbacks that end in time",
    `await new Promise((r) => setTimeout(() => { console.log("in time"); r(); }, 5))`,
    "in time\n",
  ],
  ["loses what is printed after the handler has returned", `setTimeout(() => console.log("late"), 1)`, ""],
  [
    "ends at the limit",
    `console.log("0123456789"); console.log("0123456789"); console.log("more")`,
    "0123456789\n012345678\n[output cut]",
  ],
  ["ends between characters", `console.log("0123456789 12345678é")`, "0123456789 12345678\n[output cut]"],
  ["of exactly the limit is whole", `console.log("0123456789 12345678")`, "0123456789 12345678\n"],
])("the output of an Action %s", async (_name, body, expected) => {
  actions.bind(body);
  expect(outputs(await actions.login())).toEqual([expected]);
});

test("what is printed late is not in the next login's output either", async () => {
  actions.bind(
    `setTimeout(() => console.log("late"), 1); if (!event.user.nickname) await new Promise((r) => setTimeout(r, 15))`,
  );
  actions.addUser({ user_id: "auth0|first", nickname: "first" });
  await actions.login({ userId: "auth0|first" });
  expect(outputs(await actions.login())).toEqual(["late\n"]);
});
