/** Made anew for each list: the SDK writes the next page's number into the very object that it was given. */
export const page = () => ({ per_page: 100 });
export const take = () => ({ take: 100 });

/** All rows of all pages. */
export async function collect<T>(pages: Promise<AsyncIterable<T> | Iterable<T>>): Promise<readonly T[]> {
  const rows: T[] = [];
  for await (const row of await pages) rows.push(row);
  return rows;
}
