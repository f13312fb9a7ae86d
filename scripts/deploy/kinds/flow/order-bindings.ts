/**
 * The order of a flow after a deploy: Actions that are not ours keep their position, ours fill the other places in our
 * order, and what finds no place is appended.
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
  const waiting = [...ours];
  const places = live.flatMap((name) => (isOurs(name) ? waiting.splice(0, 1) : [name]));
  return [...places, ...waiting];
}
