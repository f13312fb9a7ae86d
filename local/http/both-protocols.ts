import type { Server as HttpServer } from "node:http";
import { createServer, type Server } from "node:net";

/** First byte of a TLS handshake (RFC 8446 §5.1, ContentType). No method of HTTP begins with it. */
const HANDSHAKE = 0x16;

/** Hands each connection to the one of two servers whose protocol it begins with: one port speaks both. */
export function joinProtocols(plain: HttpServer, secure: HttpServer): Server {
  return createServer((socket) => {
    socket.once("error", () => socket.destroy());
    socket.once("readable", () => {
      const first: unknown = socket.read(1);
      if (!Buffer.isBuffer(first)) return;
      socket.unshift(first);
      (first[0] === HANDSHAKE ? secure : plain).emit("connection", socket);
    });
  });
}
