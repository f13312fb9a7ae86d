import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Connection } from "../../../../../local/auth0/state/resources.ts";
import { call, managementToken } from "../../../../support/local-tenant.ts";
import { planLogin } from "../../../../support/log-in.ts";
import { type LoginTenant, startLoginTenant } from "../../../../support/login-tenant.ts";
import { createManagementClient } from "../../../../support/management-client.ts";
import { bindActions } from "../../../../support/tenant-with-actions.ts";
import { until } from "../../../../support/until.ts";

let tenant: LoginTenant;
beforeAll(async () => {
  tenant = await startLoginTenant({ actions: { deliveryRetryAfter: [0, 0] } });
  for (const strategy of ["sms", "email"]) {
    tenant.setConnection({
      ...tenant.database,
      id: `con_${strategy}`,
      name: strategy,
      strategy,
      realms: [strategy],
    } as Connection);
  }
  const sdk = createManagementClient(tenant);
  await sdk.branding.phone.providers.create({
    name: "custom",
    configuration: { delivery_methods: ["text"] },
    credentials: {},
  });
  const body = { name: "custom", enabled: true, default_from_address: "no-reply@shop.example", credentials: {} };
  await call(tenant, "/api/v2/emails/provider", { method: "POST", token: await managementToken(tenant), body });
});
afterAll(() => tenant.close());
beforeEach(() => {
  bind("custom-phone-provider", "");
  bind("custom-email-provider", "");
});

const HANDLERS = {
  "custom-phone-provider": "onExecuteCustomPhoneProvider",
  "custom-email-provider": "onExecuteCustomEmailProvider",
};
function bind(trigger: keyof typeof HANDLERS, body: string): void {
  const code = `let tries = 0; exports.${HANDLERS[trigger]} = async (event, api) => { tries += 1; ${body} };`;
  bindActions(tenant.tenant, trigger, [{ name: "sender", code }]);
}

function linesOf(pattern: RegExp, from: number, howMany = 1): Promise<string[]> {
  return until(() => {
    const found = tenant.lines.slice(from).filter((line) => pattern.test(line));
    return found.length >= howMany && found;
  });
}

async function start(to: object, howMany = 1): Promise<string[]> {
  const from = tenant.lines.length;
  const { client_id, client_secret } = tenant.web;
  const answer = await call(tenant, "/passwordless/start", {
    method: "POST",
    body: { client_id, client_secret, ...to },
  });
  expect(answer.status).toBe(200);
  return linesOf(/^(mail|message) /, from, howMany);
}

const SMS = { connection: "sms", phone_number: "+4912345678" };

describe("the Action of the custom phone provider", () => {
  test("is handed the text with its code, also of somebody who is not stored yet", async () => {
    bind(
      "custom-phone-provider",
      `const { notification: sent, user, client, connection, request } = event;
       const isRight = sent.recipient === "+4912345678" && sent.message_type === "otp_verify" && /^\\d{6}$/.test(sent.code) &&
         sent.as_text.includes(sent.code) && sent.delivery_method === "text" && user.phone_number === sent.recipient &&
         client.name === "Test web application" && connection.strategy === "sms" && request.ip && !request.body;
       if (!isRight) throw new Error("not right");`,
    );
    expect(await start(SMS)).toEqual(["message otp_verify to somebody new: delivered by sender"]);
  });

  test("is asked again when it says so, and given up after the last try", async () => {
    bind("custom-phone-provider", 'if (tries < 3) api.notification.retry("busy");');
    expect(await start(SMS, 3)).toEqual([
      "message otp_verify to somebody new: to be tried again by sender in 0 s: busy",
      "message otp_verify to somebody new: to be tried again by sender in 0 s: busy",
      "message otp_verify to somebody new: delivered by sender",
    ]);
    bind("custom-phone-provider", 'api.notification.retry("busy");');
    expect((await start(SMS, 3)).at(-1)).toBe(
      "message otp_verify to somebody new: given up by sender after the last try: busy",
    );
  });

  test("sends what the login page asks for, too", async () => {
    const browser = tenant.browser();
    const page = await browser.open((await planLogin(tenant, tenant.spa)).url.href);
    const from = tenant.lines.length;
    await browser.submit(page, { passwordless_phone: "+4912345678" }, "passwordless_phone");
    expect(await linesOf(/^message /, from)).toEqual([expect.stringContaining("delivered by sender")]);
  });

  test("that is not there is missed in the log", async () => {
    bindActions(tenant.tenant, "custom-phone-provider", []);
    expect(await start(SMS)).toEqual([
      "message otp_verify to somebody new: not handed over, no Action is bound to custom-phone-provider",
    ]);
  });
});

test("a code by mail is a verification_code of the custom email provider", async () => {
  bind(
    "custom-email-provider",
    `const { html, subject, text } = event.notification;
     const isRight = subject === "Your verification code" && /^Your verification code is: \\d{6}$/.test(text) &&
       html === "<p>" + text + "</p>";
     if (!isRight) throw new Error("not right");`,
  );
  expect(await start({ connection: "email", email: "ada@example.org", send: "code" })).toEqual([
    "mail verification_code to somebody new: delivered by sender",
  ]);
});
