import { createHash } from "node:crypto";
import { findLiveVersion, listVersions } from "../../auth0/actions/build/versions.ts";
import { bindVersion, type LiveAction } from "../../auth0/actions/pipeline/bound-actions.ts";
import type { Tenant } from "../../auth0/tenant.ts";
import { ConsoleError } from "../serving/page.ts";
import type { CheckoutAction } from "./checkout.ts";

/** Besides the id of a version. */
export const THEN = "then";
export const CHECKOUT = "checkout";

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** The codes that an Action of a login can be run with again, the likeliest first. */
export function listChoices(tenant: Tenant, { bound }: LiveAction, hasCheckout: boolean): readonly Choice[] {
  const action = tenant.state.actions.get(bound.actionId);
  const live = action && findLiveVersion(tenant, action);
  const versions = action === undefined ? [] : listVersions(tenant, action);
  const then = versions.find(({ id }) => id === bound.versionId);
  return [
    ...(hasCheckout ? [{ value: CHECKOUT, label: "code of the checkout" }] : []),
    { value: THEN, label: then === undefined ? "as it was" : `as it was: version ${then.number}` },
    ...versions
      .filter(({ id }) => id !== bound.versionId)
      .map(({ id, number }) => ({ value: id, label: `version ${number}${id === live?.id ? ", live" : ""}` })),
  ];
}

/**
 * The Action with the code that was chosen for it.
 *
 * @param built of the checkout; undefined where nobody chose that
 * @throws {ConsoleError} CODE_UNKNOWN
 */
export function bindChoice(
  tenant: Tenant,
  action: LiveAction,
  choice: string,
  built: ReadonlyMap<string, CheckoutAction> | undefined,
): LiveAction {
  if (choice === THEN) return action;
  return choice === CHECKOUT
    ? bindCheckout(action, built?.get(action.bound.actionName))
    : bindEarlier(tenant, action, choice);
}

function bindCheckout({ bound, source }: LiveAction, built: CheckoutAction | undefined): LiveAction {
  if (built === undefined) throw unknownCode(`The checkout has no Action ${bound.actionName}.`);
  // The runtime keeps the code of a version that it knows.
  const hash = createHash("sha256")
    .update(JSON.stringify([built, bound.actionId]))
    .digest("hex");
  const versionId = `${CHECKOUT}-${hash.slice(0, 32)}`;
  return { bound: { ...bound, versionId }, source: { ...source, ...built, versionId } };
}

function bindEarlier(tenant: Tenant, { bound }: LiveAction, id: string): LiveAction {
  const action = tenant.state.actions.get(bound.actionId);
  const version = tenant.state.actionVersions.get(id);
  if (action === undefined || version?.action_id !== bound.actionId)
    throw unknownCode(`${bound.actionName} has no version ${id}, or not any more.`);
  return bindVersion(tenant, { action, bindingId: bound.bindingId }, version);
}

const unknownCode = (message: string): ConsoleError => new ConsoleError(400, "CODE_UNKNOWN", message);
