/** The retrying fetch keeps what is sent to the tenant's rate limit; more would only wait there. */
const AT_ONCE = 8;

/**
 * Does this for each item, a few at a time, in the order in which they begin. After the first failure nothing else is begun, and
 * what has begun comes to its end before that failure is thrown: whoever takes writes back then meets none that is under way.
 *
 * @returns the results in the order of the items
 */
export async function sideBySide<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = new Array<R>(items.length);
  const failures: unknown[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length && failures.length === 0; index = next++) {
      try {
        results[index] = await work(items[index] as T);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}
