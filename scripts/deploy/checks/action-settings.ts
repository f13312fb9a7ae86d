import { readSettings } from "../../../actions/filter-scopes/settings.ts";
import { readSettings as readOrganizationSettings } from "../../../actions/require-organization-subscription/settings.ts";
import { readSettings as readSubscriptionSettings } from "../../../actions/require-subscription/settings.ts";
import { readSince, readVerificationPage } from "../../../actions/require-verified-email/settings.ts";
import { ActionError } from "../../../actions/shared/action-error.ts";
import { readClaimNamespace } from "../../../actions/shared/claim-namespace.ts";
import { readRequired } from "../../../actions/shared/settings.ts";
import {
  readAdoptConnections,
  readOnFailure,
  readSyncSince,
  readWhenMade,
} from "../../../actions/sync-stripe-customer/settings.ts";
import { type CheckContext, findSettings } from "./context.ts";
import { error, type Finding } from "./finding.ts";

type Settings = Readonly<Record<string, string>>;

const readStripeKey = (settings: Settings): string => readRequired(settings, "STRIPE_SECRET_KEY");

/** The Actions' own readers: what one of them would refuse at a login is refused here. A reader stops at its first fault. */
const READERS: Readonly<Record<string, readonly ((settings: Settings) => unknown)[]>> = {
  "require-verified-email": [readSince, readVerificationPage],
  "sync-stripe-customer": [readSyncSince, readStripeKey, readOnFailure, readWhenMade, readAdoptConnections],
  "filter-scopes": [readSettings],
  "require-subscription": [readSubscriptionSettings, readStripeKey],
  "add-email-claim": [readClaimNamespace],
  "require-organization-subscription": [readOrganizationSettings, readStripeKey],
};

export function checkActionSettings(context: CheckContext): readonly Finding[] {
  return Object.entries(READERS).flatMap(([action, readers]) => {
    const settings = findSettings(context, action);
    return settings === undefined ? [] : readers.flatMap((read) => tryReader(action, () => read(settings)));
  });
}

/** An ActionError names the setting, never its value. */
function tryReader(action: string, read: () => unknown): readonly Finding[] {
  try {
    read();
    return [];
  } catch (thrown) {
    if (!(thrown instanceof ActionError)) throw thrown;
    return [error("ACTION_SETTING_BAD", `${action} would refuse every login: ${thrown.message}`)];
  }
}
