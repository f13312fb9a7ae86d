import { expect, test } from "@jest/globals";
import { createParseToken } from "../../../gateways/authorizer/token/compact.ts";

const encode = (header: unknown): string => Buffer.from(JSON.stringify(header)).toString("base64url");
const tokenWith = (header: unknown): string => `${encode(header)}.cGF5bG9hZA.c2ln`;

test("a token is taken apart, with what its signature is over", () => {
  const header = { alg: "RS256", typ: "at+jwt", kid: "key-1" };
  expect(createParseToken()(tokenWith(header))).toEqual({
    ok: true,
    kid: "key-1",
    signingInput: `${encode(header)}.cGF5bG9hZA`,
    payload: "cGF5bG9hZA",
    signature: "c2ln",
  });
});

test("a header is read once, and forgotten when there were too many others", () => {
  const parse = createParseToken();
  const refused = tokenWith({ alg: "none" });
  const first = parse(refused);
  expect(first).toEqual({ ok: false, code: "algorithm_not_allowed" });
  for (let other = 0; other < 63; other += 1) parse(tokenWith({ alg: "none", other }));
  expect(parse(refused)).toBe(first);
  parse(tokenWith({ alg: "none", other: 63 }));
  expect(parse(refused)).not.toBe(first);
});
