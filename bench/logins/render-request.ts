export interface Body {
  readonly type: "application/json" | "application/x-www-form-urlencoded";
  /** ASCII: its length is counted in characters. */
  readonly text: string;
}

/** A request as it goes over the wire. @param headers whole lines */
export function renderRequest(
  method: "GET" | "POST",
  url: string,
  { body, headers = [] }: { readonly body?: Body; readonly headers?: readonly string[] } = {},
): string {
  const { host, pathname, search } = new URL(url);
  const head = [`${method} ${pathname}${search} HTTP/1.1`, `host: ${host}`, "accept: */*", ...headers];
  if (body !== undefined) head.push(`content-type: ${body.type}`, `content-length: ${body.text.length}`);
  return `${head.join("\r\n")}\r\n\r\n${body?.text ?? ""}`;
}
