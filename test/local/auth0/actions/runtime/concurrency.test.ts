import { afterAll, beforeAll, expect, test } from "@jest/globals";
import {
  completed,
  outputs,
  startTenantWithActions,
  type TenantWithActions,
} from "../../../../support/tenant-with-actions.ts";
import { until } from "../../../../support/until.ts";

let actions: TenantWithActions;
beforeAll(async () => {
  actions = await startTenantWithActions();
});
afterAll(() => actions.close());

test("logins at the same time mix neither output nor state, though they share threads", async () => {
  actions.bind(
    `const me = event.user.nickname;
       console.log("begin", me);
       api.user.setAppMetadata("me", me);
       api.idToken.setCustomClaim("me", me);
       await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 20));
       await new Promise((resolve) => setTimeout(() => { console.log("timer", me); resolve(); }, 1));
       console.log("end", me)`,
    `console.log(event.user.app_metadata.me)`,
  );
  const names = Array.from({ length: 40 }, (_, index) => `user-${index}`);
  for (const nickname of names) actions.addUser({ user_id: `auth0|${nickname}`, nickname });
  const outcomes = await Promise.all(names.map((name) => actions.login({ userId: `auth0|${name}` })));
  for (const [index, name] of names.entries()) {
    const outcome = completed(outcomes[index]!);
    expect(outputs(outcome)).toEqual([`begin ${name}\ntimer ${name}\nend ${name}\n`, `${name}\n`]);
    expect([...outcome.idTokenClaims]).toEqual([["me", name]]);
    expect(actions.readUser(`auth0|${name}`)?.app_metadata).toEqual({ me: name });
  }
});

test("a tenant that is closed while an Action waits fails that login", async () => {
  const other = await startTenantWithActions();
  other.bind(`await fetch("https://${other.tenant.domain}/begun"); await new Promise(() => {})`);
  const login = other.login();
  await until(() => other.log.some((line) => line.includes("GET /begun")));
  await other.close();
  expect(await login).toMatchObject({ kind: "failed", error: { errorClass: "platform_error" } });
});
