import { writeSync } from "node:fs";
import { openStripe } from "../../../../gateways/billing/stripe-client.ts";
import { createSendMeterEvent } from "../../../../gateways/billing/stripe-meter-events.ts";
import { openMeter } from "../../../../gateways/metering/meter.ts";

/**
 * A process of a gateway that counts: `<directory> <Stripe's URL> <customers, comma-separated> <rounds> [<failpoint> <nth>]`.
 * It says "allowed" for each request that it would answer and "refused" for each that it could not count, and dies by SIGKILL
 * when it comes to the failpoint for the nth time. With the failpoint "until told" it goes on counting until its input ends.
 */
const [directory = "", url = "", customers = "", rounds = "", killAt = "", nth = "1"] = process.argv.slice(2);
let reached = 0;
const meter = openMeter({
  directory,
  send: createSendMeterEvent(openStripe({ secretKey: "rk_test_node", url })),
  flushEvery: 0,
  parallel: 2,
  log: (line) => writeSync(1, `log ${line}\n`),
  failpoint: (failpoint) => {
    if (failpoint !== killAt || ++reached < Number(nth)) return;
    process.kill(process.pid, "SIGKILL");
    // The signal arrives at the next turn: nothing may happen until then.
    for (;;);
  },
});
let isTold = killAt !== "until told";
process.stdin.on("end", () => {
  isTold = true;
});
process.stdin.resume();
for (let round = 0; round < Number(rounds) || !isTold; round++) {
  for (const customer of customers.split(",")) {
    const isCounted = await meter.count({ customer, meter: "get_reports", value: 1 }).then(
      () => true,
      () => false,
    );
    writeSync(1, `${isCounted ? "allowed" : "refused"} ${customer}\n`);
  }
  if (round % 3 === 2) await meter.flush().catch(() => undefined);
  if (!isTold) await new Promise((resolve) => setTimeout(resolve, 5));
}
await meter.close();
process.stdin.destroy();
