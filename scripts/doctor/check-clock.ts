import type { TenantAccess } from "../deploy/tenant-access.ts";
import { createFetch } from "../http/trusting-fetch.ts";
import type { Diagnosis } from "./diagnosis.ts";

/** Seconds between two clocks, from which on a token that was just issued may be refused. */
const MAX_SKEW = 30;

/** By the Date of an answer (RFC 9110 §6.6.1), which is in whole seconds. @param now milliseconds */
export async function checkClock(
  { domain, ca }: Pick<TenantAccess, "domain" | "ca">,
  now: () => number,
): Promise<Diagnosis> {
  const check = "clock";
  const date = await readDate(`https://${domain}/.well-known/jwks.json`, createFetch(ca?.pem)).catch(() => "");
  const skew = Math.round((now() - Date.parse(date)) / 1000);
  if (Number.isNaN(skew)) return { check, status: "unknown", message: "the tenant does not say what time it is" };
  if (Math.abs(skew) <= MAX_SKEW) return { check, status: "right", message: "as the tenant's" };
  const direction = skew > 0 ? "ahead of" : "behind";
  const message = `${Math.abs(skew)} s ${direction} the tenant's, so that tokens are refused. Set it by a time server.`;
  return { check, status: "wrong", message };
}

async function readDate(url: string, send: typeof fetch): Promise<string> {
  const response = await send(url);
  // An answer that is not read to its end would keep the process from ending.
  await response.arrayBuffer();
  return response.headers.get("date") ?? "";
}
