/** Reads a JWK set. Rejects when there is no usable answer; the caller keeps the keys it has. */
export type FetchKeySet = () => Promise<unknown>;

export interface FetchKeySetOptions {
  /** Milliseconds for the whole answer. */
  readonly timeout?: number;
  readonly fetch?: typeof fetch;
}

const MAX_BYTES = 1_000_000;

/** Over HTTPS, or over HTTP from this machine; redirects are not followed, since they could lead off to other keys. */
export function createFetchKeySet(
  url: URL,
  { timeout = 5_000, fetch: send = fetch }: FetchKeySetOptions = {},
): FetchKeySet {
  return async () => {
    const response = await send(url, {
      headers: { accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(timeout),
    });
    if (response.status !== 200) throw new Error(`The key set was answered with status ${response.status}.`);
    if (Number(response.headers.get("content-length") ?? 0) > MAX_BYTES) throw new Error("The key set is too large.");
    const text = await response.text();
    if (text.length > MAX_BYTES) throw new Error("The key set is too large.");
    return JSON.parse(text) as unknown;
  };
}
