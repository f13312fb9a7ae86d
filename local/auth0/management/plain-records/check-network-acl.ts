import { ManagementError } from "../error.ts";
import { type Fields, isFields } from "./fields.ts";

const MANAGED_LISTS = ["auth0.low_reputation", "auth0.icloud_relay_proxy"];

/**
 * Recorded by terraform-provider-auth0, 2026.
 *
 * @throws {ManagementError} 400 for a rule that could not be carried out
 */
export function checkNetworkAcl({ rule }: Fields): void {
  if (!isFields(rule)) return;
  const action = isFields(rule.action) ? rule.action : {};
  if (action.redirect === true && action.redirect_uri === undefined) {
    throw invalid("Payload validation error: Action type of `redirect` requires a `redirect_uri`");
  }
  for (const side of ["match", "not_match"]) checkManagedLists(isFields(rule[side]) ? rule[side] : {}, side);
}

function checkManagedLists({ auth0_managed }: Fields, side: string): void {
  if (!Array.isArray(auth0_managed)) return;
  const names: readonly unknown[] = auth0_managed;
  const second = names.findIndex((name, at) => names.indexOf(name) !== at);
  if (second !== -1) {
    const indexes = `indexes ${names.indexOf(names[second])} and ${second}`;
    throw invalid(
      `Payload validation error: 'Array items are not unique (${indexes})' on property rule.${side}.auth0_managed.`,
    );
  }
  const unknown = names.filter((name) => !MANAGED_LISTS.includes(String(name)));
  if (unknown.length === 0) return;
  const allowed = `Allowed curated list names are: ${MANAGED_LISTS.join(", ")}`;
  throw invalid(`Invalid curated list name(s): ${unknown.join(", ")}. ${allowed}`);
}

const invalid = (message: string): ManagementError => new ManagementError(400, message, "invalid_body");
