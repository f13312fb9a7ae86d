import type { Server as HttpServer } from "node:http";
import { createServer, type Server, type Socket } from "node:net";

/** First byte of a TLS handshake (RFC 8446 §5.1, ContentType). No method of HTTP begins with it. */
const HANDSHAKE = 0x16;

/** Hands each connection to the one of two servers whose protocol it begins with: one port speaks both. */
export function joinProtocols(plain: HttpServer, secure: HttpServer): Server & Pick<HttpServer, "closeAllConnections"> {
  // Servers that do not listen themselves know nothing of their connections (Node 20).
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    socket.once("error", () => socket.destroy());
    socket.once("readable", () => {
      const first: unknown = socket.read(1);
      if (!Buffer.isBuffer(first)) return;
      socket.unshift(first);
      (first[0] === HANDSHAKE ? secure : plain).emit("connection", socket);
    });
  });
  return Object.assign(server, {
    closeAllConnections() {
      for (const socket of open) socket.destroy();
    },
  });
}
