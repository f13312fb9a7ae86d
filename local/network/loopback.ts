import { isIP } from "node:net";

/** Whether an IP address is this machine's own. */
export function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && (address.startsWith("127.") || address === "::1");
}
