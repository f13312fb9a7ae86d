import { isMapping } from "../../../tenant/shape.ts";
import type { Fields } from "../live-record.ts";
import type { PushedOut } from "../record/record-kind.ts";

type Group = readonly string[];

const LEGACY_PASSWORDS: Group = [
  "passwordPolicy",
  "password_complexity_options",
  "password_history",
  "password_no_personal_info",
  "password_dictionary",
];

/** Two ways to say the same: Auth0 takes no options of both. The Deploy CLI leaves out what the tenant has of the other, too. */
const WAYS: readonly (readonly [Group, Group])[] = [
  [["password_options"], LEGACY_PASSWORDS],
  [LEGACY_PASSWORDS, ["password_options"]],
  [["attributes"], ["requires_username", "validation"]],
  [["requires_username", "validation"], ["attributes"]],
];

/** Options of the tenant that cannot stand beside those of tenant.yaml. */
export function listPushedOut({ options: wanted }: Fields, { options: live }: Fields): readonly PushedOut[] {
  if (!isMapping(wanted) || !isMapping(live)) return [];
  return WAYS.flatMap(([ours, others]) => {
    if (!ours.some((name) => wanted[name])) return [];
    const by = ours.map((name) => `options.${name}`);
    return others
      .filter((name) => !Object.hasOwn(wanted, name) && live[name])
      .map((name) => ({ path: `options.${name}`, before: live[name], by }));
  });
}
