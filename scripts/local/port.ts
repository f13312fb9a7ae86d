import { connect } from "node:tls";
import { CommandError, usageError } from "../command.ts";

export const DEFAULT_PORT = 4433;

/** The tenant's port. The local Stripe takes the next one. */
const LAST_PORT = 65_534;

/** @throws {CommandError} USAGE when it is not a port number. */
export function parsePort(text: string | undefined): number {
  if (text === undefined || text === "") return DEFAULT_PORT;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= LAST_PORT) return port;
  throw usageError("USAGE", `A port is a number from 0 to ${LAST_PORT}, not "${text}".`);
}

/**
 * Who holds the port, as far as can be told from outside: only a local tenant has a certificate of our making.
 *
 * @param asked the tenant's port, as it was asked for: the one that is taken, or the one before it
 */
export async function explainTakenPort(port: number, asked: number): Promise<CommandError> {
  const occupant = (await isLocalTenant(port))
    ? "by a local tenant of another checkout, it seems"
    : `by another program (\`lsof -i :${port}\` names it)`;
  return new CommandError(
    "LOCAL_PORT_TAKEN",
    `Port ${port} is taken ${occupant}. Stop that, or start on another port: npm run local -- --port ${asked + 2}`,
  );
}

/** Nothing is sent and nothing is trusted: the name in the certificate only makes a message more helpful. */
export function isLocalTenant(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false, timeout: 500 });
    const settle = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("secureConnect", () => settle(socket.getPeerCertificate().issuer?.O === "auth0-stripe-actions"));
    socket.once("error", () => settle(false));
    socket.once("timeout", () => settle(false));
  });
}
