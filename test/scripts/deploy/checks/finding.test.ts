import { expect, test } from "@jest/globals";
import { error, renderFindings, warning } from "../../../../scripts/deploy/checks/finding.ts";

test("findings are a line each, errors marked otherwise than warnings, each with its code", () => {
  expect(
    renderFindings([
      error("STRIPE_KEY_SECRET", "It is a secret key."),
      warning("STRIPE_NOT_CHECKED", "Stripe did not answer."),
    ]),
  ).toBe(`✗ It is a secret key. [STRIPE_KEY_SECRET]
! Stripe did not answer. [STRIPE_NOT_CHECKED]`);
});

test("where nothing was found there is no line", () => {
  expect(renderFindings([])).toBe("");
});
