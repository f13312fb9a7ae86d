import { connect } from "node:net";

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case; the last of several. */
  readonly headers: Readonly<Record<string, string>>;
  /** As they came. */
  readonly lines: readonly string[];
  readonly body: string;
}

/**
 * One HTTP request with exactly these lines: clients would put the path and the headers in order.
 *
 * @param hangUp milliseconds after which the client goes; what it has not got by then is missing in the answer
 * @param waitAtMost milliseconds after which no answer is an error
 */
export function sendRaw(
  url: string,
  requestLine: string,
  headers: readonly string[] = [],
  { hangUp, waitAtMost = 5_000 }: { readonly hangUp?: number | undefined; readonly waitAtMost?: number } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) });
    let text = "";
    if (hangUp !== undefined) setTimeout(() => socket.destroy(), hangUp);
    socket.setTimeout(waitAtMost, () => socket.destroy(new Error(`No answer to ${requestLine}`)));
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
    });
    socket.on("error", reject);
    socket.on("close", () => {
      const [head = "", ...rest] = text.split("\r\n\r\n");
      const [status = "", ...lines] = head.split("\r\n");
      resolve({
        status: Number(status.split(" ")[1]),
        headers: Object.fromEntries(
          lines.map((line) => [
            line.slice(0, line.indexOf(":")).toLowerCase(),
            line.slice(line.indexOf(":") + 1).trim(),
          ]),
        ),
        lines,
        body: rest.join("\r\n\r\n"),
      });
    });
    const host = headers.some((line) => /^host:/i.test(line)) ? [] : [`Host: ${hostname}:${port}`];
    socket.write([`${requestLine} HTTP/1.1`, ...host, "Connection: close", ...headers, "", ""].join("\r\n"));
  });
}
