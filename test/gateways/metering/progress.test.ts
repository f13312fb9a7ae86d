import { expect, test } from "@jest/globals";
import { isProgress, readProgress } from "../../../gateways/metering/progress.ts";

test.each<[unknown, boolean]>([
  [{ kind: "untouched" }, true],
  [{ kind: "settled" }, true],
  [{ kind: "attempted", at: 1 }, true],
  [{ kind: "attempted", at: 1, boot: "b", uptime: 2 }, true],
  [{ kind: "attempted" }, false],
  [{ kind: "attempted", at: "1" }, false],
  [{ kind: "attempted", at: 1, boot: 3 }, false],
  [{ kind: "attempted", at: 1, uptime: "2" }, false],
  [{ kind: "" }, false],
  [{}, false],
  ["settled", false],
  [undefined, false],
  [null, false],
])("%j is what may become of an event: %s", (value, expected) => {
  expect(isProgress(value)).toBe(expected);
});

test("of several entries of an event the last one holds, and what is none is passed over", () => {
  const lines = [
    '[0,{"kind":"attempted","at":1}]',
    '[1,{"kind":"attempted","at":2}]',
    '[0,{"kind":"settled"}]',
    '["1",{"kind":"settled"}]',
    '[1,{"kind":"sent"}]',
    "[1,null]",
    "null",
    '{"0":1}',
    '[1,{"kind":"set',
  ];
  expect([...readProgress(lines.join("\n"))]).toEqual([
    [0, { kind: "settled" }],
    [1, { kind: "attempted", at: 2 }],
  ]);
});
