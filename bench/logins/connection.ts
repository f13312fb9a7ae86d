import { once } from "node:events";
import { connect, type TLSSocket } from "node:tls";

/**
 * One connection that stays open, for one request at a time, and that reads as little of the answers as it can: the load must not
 * take the processor away from the server that is measured. Handshakes are not what is measured either.
 */
export class Connection {
  readonly #socket: TLSSocket;
  #received = "";
  #settle: { resolve(answer: string): void; reject(error: Error): void } | undefined;

  private constructor(socket: TLSSocket) {
    this.#socket = socket;
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => this.#read(chunk));
    socket.on("error", (error) => this.#settle?.reject(error));
    socket.on("close", () => this.#settle?.reject(new Error("The server closed the connection.")));
  }

  static async open(origin: string, ca: string): Promise<Connection> {
    const { hostname, port } = new URL(origin);
    const socket = connect({ host: "127.0.0.1", servername: hostname, port: Number(port), ca });
    await once(socket, "secureConnect");
    return new Connection(socket);
  }

  /** Status line, headers and body of the answer, a character a byte. */
  send(request: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(request, "latin1");
    });
  }

  close(): void {
    this.#socket.removeAllListeners("close").destroy();
  }

  #read(chunk: string): void {
    this.#received += chunk;
    const end = this.#received.indexOf("\r\n\r\n");
    if (end === -1) return;
    const length = /\r\ncontent-length: *(\d+)/i.exec(this.#received.slice(0, end))?.[1];
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
