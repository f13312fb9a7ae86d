import { expect, test } from "@jest/globals";
import { renderStatus } from "../../../scripts/operate/render-status.ts";
import { plain } from "../../../scripts/terminal/paint.ts";

const secret = (name: string, updatedAt: string) => ({ name, updatedAt });

test("each Action has one row, and its secrets are listed below by the day on which they were set, newest first", () => {
  const text = renderStatus(
    "example.eu.auth0.com",
    [
      {
        name: "sync-stripe-customer",
        place: "post-login 1",
        version: 12,
        since: "2026-11-30T00:20:59.123Z",
        bytes: 8_123,
        digest: "50860e56eaaf",
        checkout: "same",
        secrets: [
          secret("STRIPE_SECRET_KEY", "2026-10-01T08:00:00.000Z"),
          secret("STRIPE_SYNC_SINCE", "2026-11-30T00:20:59.123Z"),
          secret("STRIPE_FAILURE", "2026-11-30T00:20:59.123Z"),
          secret("STRIPE_EXISTING_CUSTOMER", "2026-11-30T00:20:59.123Z"),
          secret("STRIPE_ADOPT_CONNECTIONS", "2026-11-30T00:20:59.123Z"),
        ],
      },
      { name: "filter-scopes", checkout: "not in the tenant", secrets: [] },
    ],
    plain,
  );
  expect(text).toBe(
    [
      "example.eu.auth0.com",
      "",
      "RUNS AT       ACTION                VERSION  SINCE                 CHECKOUT",
      "post-login 1  sync-stripe-customer  12       2026-11-30T00:20:59Z  same",
      "not bound     filter-scopes         -        -                     only here",
      "",
      "ACTION                CODE          SET ON      SECRETS",
      "sync-stripe-customer  8.1 kB        2026-11-30  STRIPE_SYNC_SINCE,",
      "                      50860e56eaaf              STRIPE_FAILURE,",
      "                                                STRIPE_EXISTING_CUSTOMER,",
      "                                                STRIPE_ADOPT_CONNECTIONS",
      "                                    2026-10-01  STRIPE_SECRET_KEY",
    ].join("\n"),
  );
});

test("code without secrets has its row", () => {
  const text = renderStatus(
    "localhost:4433",
    [{ name: "a", version: 1, bytes: 812, digest: "50860e56eaaf", checkout: "same", secrets: [] }],
    plain,
  );
  expect(text.split("\n").slice(-3)).toEqual([
    "ACTION  CODE          SET ON  SECRETS",
    "a       812 bytes     -       -",
    "        50860e56eaaf",
  ]);
});

test("of what is not in the tenant there is one table", () => {
  const text = renderStatus("localhost:4433", [{ name: "a", checkout: "not in the tenant", secrets: [] }], plain);
  expect(text).toMatch(/^localhost:4433\n\nRUNS AT [^\n]*\nnot bound [^\n]*$/);
});
