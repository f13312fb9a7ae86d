import { describe, expect, test } from "@jest/globals";
import { renderRows } from "../../../scripts/rehearse/render.ts";
import { renderRowsJson } from "../../../scripts/rehearse/render-json.ts";
import type { LoginRow } from "../../../scripts/rehearse/row.ts";
import { plain } from "../../../scripts/terminal/paint.ts";
import { rightLogin } from "./logins/right-login.ts";

const row: LoginRow = { section: "logins", name: "new user", story: "logs in", seen: rightLogin, problems: [] };
const refused: LoginRow = {
  section: "logins",
  name: "known to Stripe",
  story: "a customer from before has the email",
  seen: {
    ...rightLogin,
    answer: { kind: "refused", error: "access_denied", description: "We could not complete your login." },
    runs: [{ name: "sync-stripe-customer", milliseconds: 5000.7, effect: "denied" }],
    customers: [{ id: `cus_${"x".repeat(14)}`, ownerId: undefined }],
  },
  problems: [],
};
const BROKEN: LoginRow = { section: "logins", name: "refresh", story: "later", problems: ["broke off: OAuthError"] };

describe("the table of logins", () => {
  test("has the Actions of each, and below them the customer and the token, within 80 columns", () => {
    const text = renderRows([row, refused], plain);
    expect(text).toMatch(/^✓ {2}new user +first +0\.1 ms {2}passed$/m);
    expect(text).toMatch(/^ +logs in +second +20\.0 ms {2}changed$/m);
    expect(text).toMatch(
      /^ +→ tokens +cus_1, linked both ways, 2 requests\n +get:x, ada@example\.com, verified, cus_1$/m,
    );
    expect(text).toContain("→ access_denied");
    expect(Math.max(...text.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  test("marks and explains one that broke off", () => {
    const text = renderRows([row, BROKEN], plain);
    expect(text).toMatch(/^✗ {2}refresh/m);
    expect(text).toContain("✗ refresh: broke off: OAuthError");
    expect(text).toMatch(/1 of 2 rows are wrong\.$/);
  });

  test("as JSON has name and ok in every row, and never a token", () => {
    const text = renderRowsJson([row, refused, BROKEN]);
    const { rows } = JSON.parse(text) as { rows: Record<string, unknown>[] };
    expect(rows.map(({ name, ok }) => [name, ok])).toEqual([
      ["new user", true],
      ["known to Stripe", true],
      ["refresh", false],
    ]);
    expect(rows[0]).toMatchObject({
      answer: "tokens",
      actions: [{ name: "first" }, { name: "second" }],
      token: { scope: "openid get:x", stripe_customer_id: "cus_1" },
    });
    expect(text).not.toContain(rightLogin.answer.accessToken);
  });
});
