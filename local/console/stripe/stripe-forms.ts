import type { LocalStripe } from "../../stripe/start.ts";
import { ConsoleError, type Form } from "../serving/page.ts";
import { describeAccount } from "./describe-account.ts";
import { FAULTS, isFaultName } from "./faults.ts";

const LOCATION = "/console/stripe";
/** Milliseconds; longer than the slow Stripe takes. */
const PATIENT = 5_000;

export function createStripeForms(findStripe: () => LocalStripe): readonly Form[] {
  const done = () => ({ location: LOCATION, view: describeAccount(findStripe()) });
  return [
    {
      path: "/console/stripe/faults",
      apply(_visit, fields) {
        const name = fields.get("fault") ?? "";
        const { faults } = findStripe();
        if (!isFaultName(name) && name !== "none")
          throw new ConsoleError(400, "FAULT_UNKNOWN", `Name a fault: ${Object.keys(FAULTS).join(", ")}, or none.`);
        faults.clear();
        if (name !== "none") faults.add(FAULTS[name].fault);
        return done();
      },
    },
    {
      path: "/console/stripe/clock",
      apply(_visit, fields) {
        const seconds = Number(fields.get("seconds"));
        if (!Number.isInteger(seconds) || seconds < 1 || seconds > YEAR)
          throw new ConsoleError(400, "CLOCK_STEP_REFUSED", `Send seconds, a whole number from 1 to ${YEAR}.`);
        findStripe().advance(seconds * 1000);
        return done();
      },
    },
    {
      path: "/console/stripe/subscriptions/:id/cancel",
      async apply({ param }) {
        await ask(findStripe(), "DELETE", param("id"));
        return done();
      },
    },
    {
      path: "/console/stripe/subscriptions/:id/end-trial",
      async apply({ param }) {
        await ask(findStripe(), "POST", param("id"), "trial_end=now");
        return done();
      },
    },
  ];
}

const YEAR = 31_622_400;

/** By Stripe's own API, so that what it refuses is refused here, and what follows (invoices, webhooks) follows. */
async function ask(stripe: LocalStripe, method: string, subscription: string, body?: string): Promise<void> {
  const key = stripe.keys.all().find(({ permissions }) => permissions === undefined);
  const request = new Request(`http://localhost/v1/subscriptions/${encodeURIComponent(subscription)}`, {
    method,
    headers: { authorization: `Bearer ${key?.secret}`, "content-type": "application/x-www-form-urlencoded" },
    signal: AbortSignal.timeout(PATIENT),
    ...(body !== undefined && { body }),
  });
  const response = await stripe.fetch(request).catch((error: unknown) => {
    throw refused(error instanceof Error ? error.message : "no answer");
  });
  if (response.ok) return;
  const { error } = (await response.json()) as { readonly error?: { readonly message?: string } };
  throw refused(error?.message ?? `status ${response.status}`);
}

const refused = (why: string): ConsoleError => new ConsoleError(422, "STRIPE_REFUSED", `Stripe did not do it: ${why}`);
