import { describe, expect, test } from "@jest/globals";
import { parseSubject, renderQuery } from "../../../../scripts/operate/why/subject.ts";

describe("whose login is asked about", () => {
  test.each([
    ["90020261120120000000000000000000000000000000000000000001", { kind: "entry" }],
    ["ada@example.com", { kind: "user", field: "user_name", value: "ada@example.com" }],
    [" Ada@example.com ", { kind: "user", field: "user_name", value: "Ada@example.com" }],
    ["+4915112345678", { kind: "user", field: "user_name", value: "+4915112345678" }],
    ["auth0|5f7c8ec7c33c6c004bbafe82", { kind: "user", field: "user_id" }],
    ["samlp|acme|ada@example.com", { kind: "user", field: "user_id", value: "samlp|acme|ada@example.com" }],
  ])("%s is understood", (text, expected) => {
    expect(parseSubject(text)).toMatchObject(expected);
  });

  test.each(["", "ada", "ada@", "a b@example.com", "1234", "*", 'x" OR type:s OR "'])("%j is refused", (text) => {
    expect(() => parseSubject(text)).toThrow(expect.objectContaining({ code: "USAGE", exitCode: 2 }));
  });

  test("an address is looked for as typed and as Auth0 keeps it, and cannot end its quotes", () => {
    const query = (value: string) => renderQuery({ kind: "user", field: "user_name", value }, ["f", "fp"]);
    expect(query("Ada@example.com")).toBe(
      '(user_name:"Ada@example.com" OR user_name:"ada@example.com") AND (type:f OR type:fp)',
    );
    expect(query('a"b@example.com')).toContain('user_name:"a\\"b@example.com"');
  });
});
