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
    return JSON.parse(await readText(response)) as unknown;
  };
}

/** The limit holds while reading: an answer need not say how long it is. */
async function readText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new Error("The key set is too large.");
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
