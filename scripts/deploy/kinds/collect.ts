/** Made anew for each list: the SDK writes the next page's number into the very object that it was given. */
export const page = () => ({ per_page: 100 });
export const take = () => ({ take: 100 });

/** All rows of all pages. */
export async function collect<T>(pages: Promise<AsyncIterable<T> | Iterable<T>>): Promise<readonly T[]> {
  const rows: T[] = [];
  for await (const row of await pages) rows.push(row);
  return rows;
}

/** A few at a time: a hundred roles at once would only run into the rate limit. */
export async function mapInTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = new Array<R>(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as T);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  return results;
}
