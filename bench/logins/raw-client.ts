import { once } from "node:events";
import { connect, type TLSSocket } from "node:tls";

/**
 * One connection that sends the same request again and again and reads as little of the answers as it can: the load must not
 * take the processor away from the server that is measured.
 */
export class RawClient {
  readonly #socket: TLSSocket;
  readonly #request: Buffer;
  #received = "";
  #settle: { resolve(answer: string): void; reject(error: Error): void } | undefined;

  private constructor(socket: TLSSocket, request: Buffer) {
    this.#socket = socket;
    this.#request = request;
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => this.#read(chunk));
    socket.on("error", (error) => this.#settle?.reject(error));
    socket.on("close", () => this.#settle?.reject(new Error("The server closed the connection.")));
  }

  static async open(origin: string, ca: string, path: string, json: object): Promise<RawClient> {
    const { hostname, port, host } = new URL(origin);
    const body = JSON.stringify(json);
    const head = [`POST ${path} HTTP/1.1`, `host: ${host}`, "content-type: application/json", "accept: */*"];
    const request = `${[...head, `content-length: ${Buffer.byteLength(body)}`].join("\r\n")}\r\n\r\n${body}`;
    const socket = connect({ host: "127.0.0.1", servername: hostname, port: Number(port), ca });
    await once(socket, "secureConnect");
    return new RawClient(socket, Buffer.from(request));
  }

  /** Status line, headers and body of the answer. */
  send(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(this.#request);
    });
  }

  close(): void {
    this.#socket.removeAllListeners("close").destroy();
  }

  #read(chunk: string): void {
    this.#received += chunk;
    const end = this.#received.indexOf("\r\n\r\n");
    if (end === -1) return;
    const head = this.#received.slice(0, end).toLowerCase();
    const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1];
    const isWhole =
      length === undefined
        ? this.#received.endsWith("\r\n0\r\n\r\n")
        : this.#received.length >= end + 4 + Number(length);
    if (!isWhole) return;
    const answer = this.#received;
    this.#received = "";
    this.#settle?.resolve(answer);
  }
}
