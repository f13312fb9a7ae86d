/**
 * The order of a flow after a deploy. Actions that are not ours keep their neighbours: ours change places among themselves, a
 * new one takes the place of a dropped one between the same two of ours, or stands before the one that it precedes, or last.
 *
 * @param live names of the bound Actions, in order
 * @param ours names of the Actions that are to be bound, in our order
 * @param isOurs whether a bound Action belongs to this project (also one that tenant.yaml has dropped)
 */
export function orderBindings(
  live: readonly string[],
  ours: readonly string[],
  isOurs: (name: string) => boolean,
): readonly string[] {
  const kept = ours.filter((name) => live.includes(name));
  const order: string[] = [];
  let rest = ours;
  let between: (string | undefined)[] = [];
  const close = (next: string | undefined): void => {
    const end = next === undefined ? rest.length : rest.indexOf(next);
    order.push(...fillDropped(between, rest.slice(0, end)), ...(next === undefined ? [] : [next]));
    rest = rest.slice(end + 1);
    between = [];
  };
  for (const name of live) {
    if (ours.includes(name)) close(kept.shift());
    else between.push(isOurs(name) ? undefined : name);
  }
  close(undefined);
  return order;
}

/** @param places names of Actions that are not ours; undefined for one of ours that is dropped */
function fillDropped(places: readonly (string | undefined)[], names: readonly string[]): readonly string[] {
  const waiting = [...names];
  return [...places.flatMap((name) => (name === undefined ? waiting.splice(0, 1) : [name])), ...waiting];
}
