import type { Hono } from "hono";
import type { Tenant } from "../auth0/tenant.ts";
import type { MovableClock } from "../clock.ts";
import type { LocalStripe } from "../stripe/local-stripe.ts";
import { apisPage } from "./applications/apis-page.ts";
import { applicationsPage } from "./applications/applications-page.ts";
import { actionPage } from "./flows/action-page.ts";
import { flowsPage } from "./flows/flows-page.ts";
import { type CreateRedactor, createHide } from "./hide-secrets.ts";
import { createLoginPage } from "./logins/login-page.ts";
import { createLoginsPage } from "./logins/logins-page.ts";
import { createLoginsStream } from "./logins/logins-stream.ts";
import type { Mailbox } from "./mailbox/mailbox.ts";
import { createMailboxPage } from "./mailbox/mailbox-page.ts";
import { organizationsPage } from "./organizations/organizations-page.ts";
import type { Checkout } from "./replays/checkout.ts";
import { createReplayForm } from "./replays/replay-form.ts";
import { createReplayPage } from "./replays/replay-page.ts";
import { createReplays } from "./replays/replays.ts";
import { createSaveRowForm } from "./replays/save-row-form.ts";
import { createSaveTestForm } from "./replays/save-test-form.ts";
import type { RunRecorder } from "./runs/recorder.ts";
import { servePages } from "./serving/serve-pages.ts";
import { createStripeForms } from "./stripe/stripe-forms.ts";
import { createStripePage } from "./stripe/stripe-page.ts";
import { createTenantForms } from "./tenant/tenant-forms.ts";
import { createTenantPage } from "./tenant/tenant-page.ts";
import type { OpenGateway } from "./tokens/explain-token.ts";
import { createTokenPages } from "./tokens/token-pages.ts";
import { userForms } from "./users/user-forms.ts";
import { userPage } from "./users/user-page.ts";
import { usersPage } from "./users/users-page.ts";

export interface ConsoleOptions {
  readonly runs: RunRecorder;
  readonly mailbox: Mailbox;
  /** What the tenant's Actions are built from; without it logins are replayed with deployed versions alone. */
  readonly checkout?: Checkout;
  /** The account that the Actions reach as api.stripe.com. */
  readonly findStripe?: () => LocalStripe;
  readonly createRedactor: CreateRedactor;
  /** What stands before the API of the checkout's routes.yaml. */
  readonly openGateway?: OpenGateway;
  /** The tenant's, where it can be moved. */
  readonly clock?: MovableClock;
}

/** What a person looks at: it shows what the tenant knows, and knows nothing of its own but the runs that it was told of. */
export function createConsole(
  tenant: Tenant,
  { runs, mailbox, checkout, findStripe, createRedactor, openGateway, clock }: ConsoleOptions,
): Hono {
  const replays = createReplays();
  const tokens = createTokenPages(openGateway);
  return servePages({
    tenant,
    sections: [
      ["/console/logins", "Logins"],
      ["/console/flows", "Flows"],
      ["/console/users", "Users"],
      ["/console/organizations", "Organizations"],
      ["/console/applications", "Applications"],
      ["/console/apis", "APIs"],
      ["/console/mailbox", "Mailbox"],
      ["/console/tokens", "Tokens"],
      ...(findStripe === undefined ? [] : [["/console/stripe", "Stripe"] as const]),
      ["/console/tenant", "Tenant"],
    ],
    hide: createHide(tenant.state, createRedactor),
    pages: [
      createLoginsPage("/", runs),
      createLoginsPage("/console/logins", runs),
      createLoginPage(runs, checkout !== undefined),
      createReplayPage(replays),
      flowsPage,
      actionPage,
      usersPage,
      userPage,
      organizationsPage,
      applicationsPage,
      apisPage,
      createTenantPage(clock !== undefined),
      createMailboxPage(mailbox),
      ...tokens.pages,
      ...(findStripe === undefined ? [] : [createStripePage(findStripe)]),
    ],
    forms: [
      ...userForms,
      ...createTenantForms(clock),
      ...tokens.forms,
      ...(findStripe === undefined ? [] : createStripeForms(findStripe)),
      createReplayForm(runs, replays, checkout),
      ...(checkout === undefined ? [] : [createSaveTestForm(replays, checkout), createSaveRowForm(replays, checkout)]),
    ],
    streams: [createLoginsStream(runs)],
  });
}
