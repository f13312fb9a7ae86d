/** A request as the client sent it to the gateway. Nothing in it is trusted. */
export interface AuthorizationRequest {
  readonly method: string;
  /** Path and query, raw: `/users/12?x=1`. */
  readonly target: string;
  /** Names in lower case. Read are `authorization`, those of a CORS preflight, and those that override the method (with `_` for `-` too). */
  readonly headers: Headers;
}

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The one value of a header; undefined when it is missing or was sent more than once. */
export function readHeader(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  if (typeof value === "string") return value;
  return value?.length === 1 ? value[0] : undefined;
}
