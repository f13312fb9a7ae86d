import { expect, test } from "@jest/globals";
import { fillKeywords } from "../../../scripts/tenant/keywords.ts";
import { parseTenant } from "../../../scripts/tenant/read-tenant.ts";

const settings = (...lines: readonly string[]) =>
  parseTenant(`tenant:\n${lines.map((line) => `  ${line}\n`).join("")}`, "tenant.yaml");

test.each<[readonly string[], Record<string, unknown>]>([
  [["session_lifetime: 1.5"], { session_lifetime_in_minutes: 90 }],
  [["session_lifetime: 168"], { session_lifetime_in_minutes: 10_080 }],
  [["session_lifetime: 1.67"], { session_lifetime_in_minutes: 100 }],
  [
    ["idle_session_lifetime: 0.5", "friendly_name: Tills"],
    { friendly_name: "Tills", idle_session_lifetime_in_minutes: 30 },
  ],
  [["ephemeral_session_lifetime: 2"], { ephemeral_session_lifetime_in_minutes: 120 }],
  [["idle_ephemeral_session_lifetime: 2"], { idle_ephemeral_session_lifetime_in_minutes: 120 }],
  [["session_lifetime_in_minutes: 45"], { session_lifetime_in_minutes: 45 }],
  [["session_lifetime_in_minutes: 45", "session_lifetime: 2"], { session_lifetime_in_minutes: 120 }],
])("hours are whole minutes, as the Deploy CLI sends them: %j", (lines, expected) => {
  expect(settings(...lines).document.tenant).toEqual(expected);
});

test("hours that come by a keyword are too", () => {
  expect(fillKeywords(settings("session_lifetime: ##HOURS##"), { HOURS: "0.75" }).document.tenant).toEqual({
    session_lifetime_in_minutes: 45,
  });
});

test.each([
  "session_lifetime: 0.001",
  "idle_session_lifetime: 0",
  "session_lifetime_in_minutes: 0",
  "session_lifetime: -1",
])("what is not a minute is refused with its line: %s", (line) => {
  expect(() => settings("friendly_name: Tills", line)).toThrow(
    `tenant.yaml:3 tenant.${line.split(":")[0]}: must be a minute at least`,
  );
});
