import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { createVerifyEvent, SignatureRefused } from "../../../gateways/webhooks/verify-event.ts";
import { renderSignature } from "../../../local/stripe/webhooks/sign.ts";
import { NOW } from "../../support/actions/event.ts";
import { anyText } from "../../support/any-text.ts";
import { checkProperty } from "../../support/check-property.ts";

const SECRETS = ["whsec_the_former", "whsec_the_present"] as const;
const verify = createVerifyEvent(SECRETS, () => NOW);

const seconds = NOW / 1000;
/** Put after a signature that fits, and whether it still does then (Stripe docs, "Verify webhook signatures manually"). */
const ENDS = [
  { end: "", fits: true },
  { end: ",v1=00", fits: true },
  { end: ",v0=x", fits: true },
  { end: ",t=1", fits: false },
  { end: "0", fits: false },
  { end: "\0", fits: false },
] as const;

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const payload = fc.oneof(
  fc.json(),
  anyText,
  fc
    .record(
      {
        id: fc.string(),
        object: fc.constantFrom<unknown>("event", "v2.core.event", null, 1),
        type: fc.constantFrom<unknown>(
          "customer.subscription.updated",
          "invoice.paid",
          "v1.billing.meter.x",
          "",
          0,
          null,
        ),
        created: fc.oneof(fc.integer(), fc.string()),
        data: fc.oneof(fc.jsonValue(), fc.record({ object: fc.jsonValue() })),
        related_object: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    .map((event) => JSON.stringify(event)),
);

test("what one of the secrets has signed in time is read, whatever it is, and nothing else is", async () => {
  await checkProperty(
    fc.property(
      payload,
      fc.constantFrom("whsec_the_former", "whsec_the_present", "whsec_of_another"),
      fc.integer({ min: seconds - 310, max: seconds + 10 }),
      fc.constantFrom(...ENDS),
      (text, secret, at, { end, fits }) => {
        const isGood = fits && secret !== "whsec_of_another" && at >= seconds - 300 && isJson(text);
        const read = () => verify(text, `${renderSignature(text, secret, at)}${end}`);
        if (isGood) expect(read()).toEqual(expect.any(Object));
        else expect(read).toThrow(SignatureRefused);
      },
    ),
    { runs: 300, seed: 1 },
  );
});
