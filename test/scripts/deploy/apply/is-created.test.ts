import { expect, test } from "@jest/globals";
import { isCreated } from "../../../../scripts/deploy/apply/is-created.ts";
import type { ReportedChange } from "../../../../scripts/deploy/write/context.ts";

test.each<[ReportedChange, string]>([
  [{ type: "log-stream", name: "Audit" }, 'Created [logStreams]: {"id":"lst_1","name":"Audit"}'],
  [{ type: "phone-template", name: "otp_verify" }, 'Created [phoneTemplates]: {"id":"tem_1","type":"otp_verify"}'],
  [{ type: "custom-domain", name: "login.example" }, 'Created [customDomains]: "login.example"'],
  [{ type: "theme", name: "default" }, 'Created [themes]: {"themeId":"the_1"}'],
])("the Deploy CLI's log says that %j is made: %s", (change, text) => {
  expect(isCreated(change, text)).toBe(true);
});

test.each<[ReportedChange, string]>([
  [{ type: "log-stream", name: "Audit" }, 'Created [logStreams]: {"name":"Other"}'],
  [{ type: "log-stream", name: "Audit" }, 'Created [organizations]: {"name":"Audit"}'],
  [{ type: "log-stream", name: "Audit" }, 'Updated [logStreams]: {"name":"Audit"}'],
  [{ type: "log-stream", name: "Audit" }, "Created [logStreams]: {…}"],
  [{ type: "role", name: "Audit" }, 'Created [roles]: {"name":"Audit"}'],
])("the Deploy CLI's log does not say that %j is made: %s", (change, text) => {
  expect(isCreated(change, text)).toBe(false);
});
