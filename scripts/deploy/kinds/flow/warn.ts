import type { Change, Warning } from "../../plan/change.ts";

/** An Action that starts to run, or stops running, at everybody's login. */
export function warnOfFlows(changes: readonly Change[]): readonly Warning[] {
  return changes.flatMap((change): readonly Warning[] => {
    if (change.operation !== "reorder") return [];
    const { name: trigger, before } = change;
    const names = change.after.map(({ actionName }) => actionName);
    return [
      ...names
        .filter((name) => !before.includes(name))
        .map(
          (name): Warning => ({
            code: "ACTION_BOUND",
            message: `${name} is bound to ${trigger} for the first time: it runs at every login from then on.`,
          }),
        ),
      ...before
        .filter((name) => !names.includes(name))
        .map(
          (name): Warning => ({
            code: "ACTION_UNBOUND",
            message: `${name} is taken out of ${trigger}: logins pass without it.`,
          }),
        ),
    ];
  });
}
