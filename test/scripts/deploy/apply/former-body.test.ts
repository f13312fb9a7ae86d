import { describe, expect, test } from "@jest/globals";
import {
  ATTEMPTS,
  formerBody,
  isAsWritten,
  listDifferences,
  toWritten,
} from "../../../../scripts/deploy/apply/former-body.ts";

const colors = { primary: "#000000", page_background: "#ffffff" };
const bodies = (
  body: unknown,
  sides: { readonly before: Record<string, unknown>; readonly present: Record<string, unknown> },
) =>
  ATTEMPTS.map(
    (attempt) => JSON.parse(JSON.stringify(formerBody({ method: "PATCH", body }, sides, attempt))) as unknown,
  );

describe("the body that makes what was written what it was", () => {
  test("gives back what was there and takes away what was added, for members that Auth0 merges and for those it replaces", () => {
    const before = { colors: { primary: "#635dff" } };
    const body = { colors, favicon_url: "https://a.example/" };
    expect(bodies(body, { before, present: body })).toEqual([
      { colors: { primary: "#635dff" }, favicon_url: null },
      { colors: { primary: "#635dff", page_background: null }, favicon_url: null },
      { colors: { primary: "#635dff" }, favicon_url: "" },
      { colors: { primary: "#635dff" }, favicon_url: null },
    ]);
  });

  test("has a secret that nobody can read as it was written, and none that was not", () => {
    const body = { sink: { token: "secret", endpoint: "https://new.example/" } };
    const present = { sink: { endpoint: "https://new.example/" } };
    const [written] = bodies(body, { before: { sink: { endpoint: "https://old.example/" } }, present });
    expect(written).toEqual({ sink: { token: "secret", endpoint: "https://old.example/" } });
    const withoutSecret = { sink: { endpoint: "https://new.example/" } };
    expect(bodies(withoutSecret, { before: { sink: { endpoint: "https://old.example/" } }, present })[0]).toEqual({
      sink: { endpoint: "https://old.example/" },
    });
  });

  test("has such a secret in a list as well", () => {
    const body = { sink: { headers: [{ header: "X-Key", value: "secret" }] } };
    const [written] = bodies(body, {
      before: { sink: { headers: [{ header: "X-Old" }] } },
      present: { sink: { headers: [{ header: "X-Key" }] } },
    });
    expect(written).toEqual({ sink: { headers: [{ header: "X-Old", value: "secret" }] } });
  });

  test("keeps beside it what only the tenant had in a member that Auth0 replaces", () => {
    const before = { options: { scope: "openid", icon: "i" } };
    const present = { options: { scope: "email", icon: "i" } };
    expect(bodies({ options: { scope: "email" } }, { before, present })[0]).toEqual({
      options: { scope: "openid", icon: "i" },
    });
  });

  test("leaves out at last what is answered beside it and perhaps not taken", () => {
    const before = { content: { syntax: "liquid", body: { text: "old" } } };
    const body = { content: { body: { text: "new" } } };
    const present = { content: { syntax: "liquid", body: { text: "new" } } };
    expect(bodies(body, { before, present }).at(-1)).toEqual({ content: { body: { text: "old" } } });
  });

  test("of a PUT is all that was there, without what was not", () => {
    const body = { login: { title: "New", text: "More" }, consent: { title: "Consent" } };
    const before = { login: { title: "Old" }, other: { title: "Other" } };
    const written = formerBody({ method: "PUT", body }, { before, present: body }, ATTEMPTS[0]!);
    expect(JSON.parse(JSON.stringify(written))).toEqual({ login: { title: "Old" }, other: { title: "Other" } });
  });

  test.each<[string, string, unknown, unknown, unknown]>([
    [
      "a factor, of which there is a list",
      "/guardian/factors/otp",
      { enabled: true },
      [{ name: "otp", enabled: false }],
      { enabled: false },
    ],
    ["a list", "/guardian/policies", ["all-applications"], [], []],
    [
      "a page template, which is read under another name",
      "/branding/templates/universal-login",
      { template: "new" },
      { body: "old" },
      { template: "old" },
    ],
    [
      "the clients of a connection, each switched",
      "/connections/con_1/clients",
      [
        { client_id: "a", status: true },
        { client_id: "b", status: false },
      ],
      { clients: [{ client_id: "b" }, { client_id: "c" }] },
      [
        { client_id: "a", status: false },
        { client_id: "b", status: true },
      ],
    ],
  ])("is right for %s", (_, path, body, answered, expected) => {
    const before = toWritten({ path, body }, answered)!;
    const present = toWritten({ path, body }, path.includes("factors") ? [{ name: "otp", enabled: true }] : answered)!;
    expect(formerBody({ method: "PUT", body }, { before, present }, ATTEMPTS[0]!)).toEqual(expected);
  });
});

test("what is not as it was is named; what was not written, and dates, are not looked at", () => {
  const request = { method: "PATCH", body: { colors, secret: "s" } } as const;
  expect(
    listDifferences(request, { colors: { primary: "#635dff" }, x: 1 }, { colors, x: 2, updated_at: "now" }),
  ).toEqual(["colors.primary", "colors.page_background"]);
  expect(
    listDifferences({ method: "PUT", body: {} }, { x: 1, updated_at: "then" }, { x: 2, updated_at: "now" }),
  ).toEqual(["x"]);
});

test("what somebody else wrote is told from what was written, though its secrets cannot be seen", () => {
  const written = { sink: { token: "secret", endpoint: "https://new.example/" } };
  expect(isAsWritten(written, { sink: { endpoint: "https://new.example/" } })).toBe(true);
  expect(isAsWritten(written, { sink: { endpoint: "https://other.example/" } })).toBe(false);
});
