import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { createMovableClock } from "../../../../../local/clock.ts";
import {
  handler,
  outputs,
  startTenantWithActions,
  type TenantWithActions,
} from "../../../../support/tenant-with-actions.ts";

const MINUTE = 60_000;
const clock = createMovableClock();
let actions: TenantWithActions;
beforeAll(async () => {
  actions = await startTenantWithActions({ clock: clock.now });
});
beforeEach(() => {
  // No test finds what another has left.
  clock.advance(25 * 60 * MINUTE);
});
afterAll(() => actions.close());

async function run(...bodies: string[]): Promise<string[]> {
  actions.bind(...bodies);
  return outputs(await actions.login());
}

const GET = `console.log(api.cache.get("key")?.value)`;

describe("the cache of a trigger", () => {
  test("is shared by its Actions, at once, and by later logins", async () => {
    expect(await run(`api.cache.set("key", "value"); ${GET}`, GET)).toEqual(["value\n", "value\n"]);
    expect(await run(GET)).toEqual(["value\n"]);
  });

  test("is one for all threads", async () => {
    await run(`api.cache.set("key", "value")`);
    actions.bind(`await new Promise((resolve) => setTimeout(resolve, 20)); ${GET}`);
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => actions.login()));
    expect(outcomes.flatMap(outputs)).toEqual(Array.from({ length: 6 }, () => "value\n"));
  });

  test("forgets after a quarter of an hour, or when told", async () => {
    await run(`api.cache.set("key", "value")`);
    clock.advance(14 * MINUTE);
    expect(await run(GET)).toEqual(["value\n"]);
    clock.advance(2 * MINUTE);
    expect(await run(GET)).toEqual(["undefined\n"]);
    await run(`api.cache.set("key", "value", { ttl: 1000 })`);
    clock.advance(1500);
    expect(await run(GET)).toEqual(["undefined\n"]);
  });

  test("keeps nothing longer than a day", async () => {
    await run(`api.cache.set("key", "value", { ttl: 7 * 24 * 3600 * 1000 })`);
    clock.advance(23 * 60 * MINUTE);
    expect(await run(GET)).toEqual(["value\n"]);
    clock.advance(2 * 60 * MINUTE);
    expect(await run(GET)).toEqual(["undefined\n"]);
  });

  test("counts what earlier logins put in against its limits, and not what has expired", async () => {
    const fill = `for (let i = 0; i < 20; i++) api.cache.set("k" + i, "v"); console.log(api.cache.set("one more", "v").code)`;
    expect(await run(fill)).toEqual(["MaxSideEffectsExceeded\n"]);
    expect(await run(`console.log(api.cache.set("one more", "v").code, api.cache.set("k1", "again").type)`)).toEqual([
      "MaxSideEffectsExceeded success\n",
    ]);
    clock.advance(16 * MINUTE);
    expect(await run(`console.log(api.cache.set("one more", "v").type)`)).toEqual(["success\n"]);
  });

  test("loses what is deleted", async () => {
    await run(`api.cache.set("key", "value")`);
    expect(await run(`console.log(api.cache.delete("key").type)`, GET)).toEqual(["success\n", "undefined\n"]);
    expect(await run(`console.log(api.cache.delete("key").code)`)).toEqual(["CacheKeyDoesNotExist\n"]);
  });

  test("keeps what logins at the same time wrote under different keys", async () => {
    actions.bind(
      `await new Promise((resolve) => setTimeout(resolve, 10)); api.cache.set(event.request.query.key, "v")`,
    );
    const request = { ip: "::1", method: "GET", hostname: "localhost", body: {} };
    const keys = ["a", "b", "c"];
    await Promise.all(keys.map((key) => actions.login({ request: { ...request, query: { key } } })));
    expect(await run(`console.log(${JSON.stringify(keys)}.map((key) => api.cache.get(key)?.value).join())`)).toEqual([
      "v,v,v\n",
    ]);
  });

  test("keeps what was written before an Action threw", async () => {
    await run(`api.cache.set("key", "value"); throw new Error("x")`);
    expect(await run(GET)).toEqual(["value\n"]);
  });

  test("is not that of another trigger", async () => {
    await run(`api.cache.set("key", "value")`);
    actions.bindTo("credentials-exchange", {
      code: handler(GET).code.replace("onExecutePostLogin", "onExecuteCredentialsExchange"),
    });
    const outcome = await actions.tenant.actions.runCredentialsExchange({
      client: { client_id: "m2m", name: "Machine" },
      audience: "https://api.example.com/",
      request: { ip: "::1", method: "POST", hostname: "localhost", query: {}, body: {} },
      requestedScopes: [],
      grantedScopes: [],
    });
    expect(outcome.actions.map(({ output }) => output)).toEqual(["undefined\n"]);
  });
});
