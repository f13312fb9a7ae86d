import type { Server as HttpServer } from "node:http";
import { createServer, type Server, type Socket } from "node:net";

/** First byte of a TLS handshake (RFC 8446 §5.1, ContentType). No method of HTTP begins with it. */
const HANDSHAKE = 0x16;

/** Hands each connection to the one of two servers whose protocol it begins with: one port speaks both. */
export function joinProtocols(plain: HttpServer, secure: HttpServer): Server & Pick<HttpServer, "closeAllConnections"> {
  /** Those that have said nothing yet. */
  const silent = new Set<Socket>();
  const server = createServer((socket) => {
    silent.add(socket);
    const forget = () => silent.delete(socket);
    socket.once("close", forget);
    socket.once("error", () => socket.destroy());
    socket.once("readable", () => {
      forget();
      const first: unknown = socket.read(1);
      if (!Buffer.isBuffer(first)) return;
      socket.unshift(first);
      (first[0] === HANDSHAKE ? secure : plain).emit("connection", socket);
    });
  });
  return Object.assign(server, {
    closeAllConnections() {
      for (const socket of silent) socket.destroy();
      for (const one of [plain, secure]) one.closeAllConnections();
    },
  });
}
