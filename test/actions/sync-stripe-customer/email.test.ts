import { expect, test } from "@jest/globals";
import { normalizeEmail } from "../../../actions/sync-stripe-customer/email.ts";

test.each([
  ["capitals and blanks around it", " Ada@Example.COM ", "ada@example.com"],
  ["a letter and its accent apart", "jose\u0301@example.com", "jos\u00e9@example.com"],
  ["a sign that is a letter by another name", "\u212bsa@example.com", "\u00e5sa@example.com"],
  ["a vowel in Korean letters", "\u1112\u1161\u11ab@example.com", "\ud55c@example.com"],
])("of an email with %s there is one spelling", (_, email, one) => {
  expect(normalizeEmail(email)).toBe(one);
});

test("letters that only look alike stay two emails", () => {
  expect(normalizeEmail("\ufb01@example.com")).not.toBe(normalizeEmail("fi@example.com"));
});
