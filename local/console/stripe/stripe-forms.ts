import type { LocalStripe } from "../../stripe/local-stripe.ts";
import { readFault, readStep } from "../controls/read-fields.ts";
import { ConsoleError, type Form } from "../serving/page.ts";
import { describeAccount } from "./describe-account.ts";
import { FAULTS } from "./faults.ts";
import { NO_WEBHOOK_FAULT, WEBHOOK_FAULTS } from "./webhook-faults.ts";

const LOCATION = "/console/stripe";
/** Milliseconds; longer than the slow Stripe takes. */
const TIMEOUT = 5_000;

export function createStripeForms(findStripe: () => LocalStripe): readonly Form[] {
  const done = () => ({ location: LOCATION, view: describeAccount(findStripe()) });
  return [
    {
      path: "/console/stripe/faults",
      apply(_visit, fields) {
        const name = readFault(fields, FAULTS);
        const { faults } = findStripe();
        faults.clear();
        if (name !== undefined) faults.add(FAULTS[name].fault);
        return done();
      },
    },
    {
      path: "/console/stripe/webhooks",
      apply(_visit, fields) {
        const name = readFault(fields, WEBHOOK_FAULTS);
        findStripe().webhooks.configure(name === undefined ? NO_WEBHOOK_FAULT : WEBHOOK_FAULTS[name].settings);
        return done();
      },
    },
    {
      path: "/console/stripe/clock",
      apply(_visit, fields) {
        findStripe().advance(readStep(fields));
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

/** By Stripe's own API, so that what it refuses is refused here, and what follows (invoices, webhooks) follows. */
async function ask(stripe: LocalStripe, method: string, subscription: string, body?: string): Promise<void> {
  const key = stripe.keys.all().find(({ permissions }) => permissions === undefined);
  const request = new Request(`http://localhost/v1/subscriptions/${encodeURIComponent(subscription)}`, {
    method,
    headers: { authorization: `Bearer ${key?.secret}`, "content-type": "application/x-www-form-urlencoded" },
    signal: AbortSignal.timeout(TIMEOUT),
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
