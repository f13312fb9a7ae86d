import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseCounts, renderCount } from "../../../gateways/metering/count.ts";
import { addCounts, planBatch, type Sums } from "../../../gateways/metering/plan-batch.ts";
import { checkProperty } from "../../support/check-property.ts";
import { NOW } from "../support/issuer.ts";

const counts = fc.array(
  fc.record({
    customer: fc.constantFrom("cus_1", "cus_2", '"],["'),
    meter: fc.constantFrom("a", "b"),
    value: fc.integer({ min: 1, max: 1000 }),
    at: fc.integer({ min: NOW, max: NOW + 60 }),
  }),
);

test("a batch has the same sums as its counts, and the same events whenever it is made", async () => {
  await checkProperty(
    fc.property(counts, (list) => {
      const read = parseCounts(list.map(renderCount).join("")).counts;
      expect(read).toEqual(list);
      const sumUp = () => {
        const sums: Sums = new Map();
        addCounts(sums, read);
        return sums;
      };
      const events = planBatch("s", sumUp(), NOW + 60);
      expect(planBatch("s", sumUp(), NOW + 60)).toEqual(events);
      expect(new Set(events.map(({ identifier }) => identifier)).size).toBe(events.length);
      for (const { customer, meter, value } of events)
        expect(value).toBe(
          list
            .filter((one) => one.customer === customer && one.meter === meter)
            .reduce((sum, one) => sum + one.value, 0),
        );
      expect(events.reduce((sum, { value }) => sum + value, 0)).toBe(list.reduce((sum, { value }) => sum + value, 0));
    }),
    { runs: 100, seed: 1 },
  );
});
