import { expect, jest, test } from "@jest/globals";
import { Hono } from "hono";
import { befall, type TenantFault } from "../../../local/auth0/faults.ts";

function ask(current: TenantFault | undefined, path: string) {
  const wait = jest.fn(async () => {});
  const app = new Hono();
  app.use(befall({ current }, (asked) => asked === "/console", wait));
  app.get("*", (context) => context.text("the tenant's answer"));
  return { answer: app.request(path), wait };
}

test("a tenant that is down answers 503 in Auth0's form", async () => {
  const answer = await ask("down", "/oauth/token").answer;
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({
    statusCode: 503,
    error: "Service Unavailable",
    message: "Service Unavailable",
  });
});

test("a tenant that is slow answers three seconds later", async () => {
  const { answer, wait } = ask("slow", "/oauth/token");
  expect(await (await answer).text()).toBe("the tenant's answer");
  expect(wait.mock.calls).toEqual([[3_000]]);
});

test.each<[TenantFault | undefined, string]>([
  [undefined, "/oauth/token"],
  ["down", "/console"],
  ["slow", "/console"],
])("with the fault %s, %s answers at once", async (fault, path) => {
  const { answer, wait } = ask(fault, path);
  expect((await answer).status).toBe(200);
  expect(wait).not.toHaveBeenCalled();
});
