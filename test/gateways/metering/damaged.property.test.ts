import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Count, parseCounts, renderCount } from "../../../gateways/metering/count.ts";
import { BatchUnreadable, parseEvents } from "../../../gateways/metering/parse-events.ts";
import { anyText } from "../../support/any-text.ts";
import { checkProperty } from "../../support/check-property.ts";

const count: fc.Arbitrary<Count> = fc.record({
  customer: fc.string({ unit: "grapheme" }),
  meter: fc.oneof(fc.constant("requests"), anyText),
  value: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  at: fc.integer({ min: 0, max: 2 ** 40 }),
});
const damage = fc.oneof(
  fc.constantFrom("", "null", "[]", "{}", '[1,"cus_1","a",0]', '[1,"cus_1","a",-1]', '["1","cus_1","a",1]', "\0", "\r"),
  fc.string().map((text) => `${text.replaceAll("\n", "")}\u0000`),
);

test("a journal has every count that was written whole, whatever stands between them, and says how many lines are damaged", async () => {
  const line = fc.oneof(count, damage);
  await checkProperty(
    fc.property(fc.array(line), count, fc.nat(), (lines, last, cut) => {
      const render = (one: Count | string) => (typeof one === "string" ? `${one}\n` : renderCount(one));
      const unfinished = renderCount(last).slice(0, cut % renderCount(last).length);
      const text = lines.map(render).join("") + unfinished;
      expect(parseCounts(text)).toEqual({
        counts: lines.filter((one) => typeof one !== "string"),
        damaged: lines.filter((one) => typeof one === "string").length,
      });
    }),
    { runs: 300, seed: 1 },
  );
});

test("a batch with anything in it holds its segment's own events, or says that it cannot be read", async () => {
  const id = "lx1-0123456789abcdef-0";
  const event = fc.record(
    {
      identifier: fc.constantFrom<unknown>(`${id}-0`, `${id}-1`, `other-${id}-0`, "", 0, null),
      customer: fc.constantFrom<unknown>("cus_1", "", 1),
      meter: fc.constantFrom<unknown>("requests", null),
      value: fc.constantFrom<unknown>(1, 0, -1, 0.5, "1", null),
      at: fc.constantFrom<unknown>(1_795_262_400, "now", null),
    },
    { requiredKeys: [] },
  );
  const text = fc.oneof(
    fc
      .record({ version: fc.constantFrom<unknown>(1, 2, "1"), events: fc.oneof(fc.array(event), fc.jsonValue()) })
      .map((value) => JSON.stringify(value)),
    fc.json(),
    fc.string(),
  );
  await checkProperty(
    fc.property(text, (written) => {
      try {
        const events = parseEvents(written, id);
        expect(events).toEqual(JSON.parse(written).events);
        expect(events.every(({ identifier }) => identifier.includes(id))).toBe(true);
      } catch (error) {
        if (!(error instanceof BatchUnreadable)) throw error;
      }
    }),
    { runs: 300, seed: 1 },
  );
});
