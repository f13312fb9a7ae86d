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
            message: `${name} does not run in ${trigger} now: this deploy binds it, and then it runs every time.`,
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
