import { afterAll, beforeAll, expect, test } from "@jest/globals";
import {
  completed,
  outputs,
  startTenantWithActions,
  type TenantWithActions,
} from "../../../../support/tenant-with-actions.ts";

let actions: TenantWithActions;
beforeAll(async () => {
  actions = await startTenantWithActions({ actions: { triggerTimeout: 1_000, timeoutMessage: "out of time" } });
  // All four threads are there before the limit counts: on a busy machine, starting one takes a good part of it.
  actions.bind("await new Promise((resolve) => setTimeout(resolve, 50))");
  await Promise.all([1, 2, 3, 4].map(() => actions.login()));
});
afterAll(() => actions.close());

const TIMED_OUT = { kind: "failed", error: { errorClass: "action_timeout", message: "out of time" } };

test.each([
  ["a promise that never settles", `await new Promise(() => {})`],
  ["a timer that is too long", `await new Promise((resolve) => setTimeout(resolve, 10_000))`],
  ["a loop that never ends", `for (;;);`],
  ["a loop of promises that never ends", `for (;;) await null;`],
])("%s ends with the trigger's time, and the next login runs", async (_name, body) => {
  actions.bind(
    `api.user.setAppMetadata("a", 1); console.log("first")`,
    `console.log("second"); ${body}`,
    `console.log("third")`,
  );
  const outcome = await actions.login();
  expect(outcome).toMatchObject(TIMED_OUT);
  expect(outcome.actions.map(({ effect }) => effect)).toEqual(["changed", "failed"]);
  expect(outputs(outcome)[0]).toBe("first\n");
  expect(actions.readUser()?.app_metadata).toBeUndefined();
  actions.bind(`console.log("alive")`);
  expect(outputs(completed(await actions.login()))).toEqual(["alive\n"]);
});

test("what an Action printed before its time was up is kept, as long as it was not stuck in a loop", async () => {
  actions.bind(`console.log("waiting"); await new Promise(() => {})`);
  expect(outputs(await actions.login())).toEqual(["waiting\n"]);
});

test("the time is that of all Actions together", async () => {
  const wait = `await new Promise((resolve) => setTimeout(resolve, 400))`;
  actions.bind(wait, wait, wait, wait);
  const outcome = await actions.login();
  expect(outcome).toMatchObject(TIMED_OUT);
  expect(outcome.actions.length).toBeLessThan(4);
});

test("logins at the same time are not held up by one that is stuck", async () => {
  actions.bind(`if (event.user.nickname === "stuck") for (;;); console.log(event.user.nickname)`);
  actions.addUser({ user_id: "auth0|stuck", nickname: "stuck" });
  actions.addUser({ user_id: "auth0|quick", nickname: "quick" });
  const stuck = actions.login({ userId: "auth0|stuck" });
  const quick = await Promise.all([1, 2, 3].map(() => actions.login({ userId: "auth0|quick" })));
  expect(quick.flatMap(outputs)).toEqual(["quick\n", "quick\n", "quick\n"]);
  expect(await stuck).toMatchObject(TIMED_OUT);
});
