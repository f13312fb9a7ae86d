import { Agent } from "node:https";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";

/** By authority. Reading Node's own 150 takes 30 ms, and an agent that is given them does it for every connection. */
const contexts = new Map<string, SecureContext>();

/** Connections over https that trust one more authority, as PEM. */
export function createTrustingAgent(ca: string): Agent {
  const secureContext = contexts.get(ca) ?? createSecureContext({ ca: [...rootCertificates, ca] });
  contexts.set(ca, secureContext);
  // Idle connections do not keep the process alive (Node docs, http.Agent), and save a handshake a request.
  return new Agent({ secureContext, keepAlive: true });
}
