import { createServer } from "node:net";
import { DEFAULT_PORT as AUTHORIZER } from "../../gateways/forward-auth/read-settings.ts";
import { isLocalTenant, DEFAULT_PORT as TENANT } from "../local/port.ts";
import type { Environment } from "../tenant/read-environment.ts";
import type { Diagnosis } from "./diagnosis.ts";

/** What listens on this machine: on the port of the variable, or so many above it. */
const USERS = [
  { user: "the tenant of npm run local", variable: "LOCAL_TENANT_PORT", fallback: String(TENANT), above: 0 },
  { user: "the Stripe of npm run local", variable: "LOCAL_TENANT_PORT", fallback: String(TENANT), above: 1 },
  { user: "npm run authorizer", variable: "AUTHORIZER_PORT", fallback: AUTHORIZER, above: 0 },
] as const;

export async function checkPorts(environment: Environment): Promise<readonly Diagnosis[]> {
  const diagnoses = await Promise.all(USERS.map((user) => checkPort(user, environment)));
  return diagnoses.filter((diagnosis) => diagnosis !== undefined);
}

/** Undefined for 0, which takes any free one. */
async function checkPort(
  { user, variable, fallback, above }: (typeof USERS)[number],
  environment: Environment,
): Promise<Diagnosis | undefined> {
  const text = environment[variable] || fallback;
  const port = Number(text) + above;
  if (!/^\d+$/.test(text) || port > 65_535) {
    return { check: user, status: "wrong", message: `${variable} is not a port: set it to a number from 0 to 65535` };
  }
  if (port === above) return undefined;
  const check = `port ${port}`;
  if (await isFree(port)) return { check, status: "right", message: `free, for ${user}` };
  if (await isLocalTenant(port)) return { check, status: "right", message: `${user} is running` };
  const message = `taken by another program (lsof -i :${port} names it): stop that, or give ${user} another port by ${variable}`;
  return { check, status: "warning", message };
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
