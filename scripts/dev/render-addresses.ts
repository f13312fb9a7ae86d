import type { Paint } from "../terminal/paint.ts";
import { PASSWORD } from "./ensure-people.ts";
import type { Edge } from "./open-edge.ts";

export interface Addresses extends Pick<Edge, "authorizerUrl" | "pageUrl" | "portalUrl"> {
  readonly tenantUrl: string;
  readonly stripeUrl: string;
  /** PEM file: browsers that trust it show the tenant's pages without a warning. */
  readonly caFile: string;
  /** Where a debugger finds the Actions. */
  readonly inspectPort: number | undefined;
  /** Emails, all with one password. */
  readonly people: readonly string[];
}

/** For a program: what there is not is left out. */
export const describeAddresses = ({ inspectPort, people, ...urls }: Addresses): object => ({
  ...urls,
  ...(inspectPort !== undefined && { debugger: `127.0.0.1:${inspectPort}` }),
  people: people.map((email) => ({ email, password: PASSWORD })),
});

export function renderAddresses(
  { tenantUrl, stripeUrl, caFile, people, inspectPort, ...edge }: Addresses,
  paint: Paint,
): string {
  const rows: readonly (readonly [string, string])[] = [
    ["console", tenantUrl],
    ...(edge.pageUrl === undefined ? [] : [["page and API", edge.pageUrl] as const]),
    ...(edge.portalUrl === undefined ? [] : [["billing", edge.portalUrl] as const]),
    ["authorizer", edge.authorizerUrl],
    ["tenant", tenantUrl],
    ["Stripe", stripeUrl],
    ["authority", caFile],
    ...(inspectPort === undefined ? [] : [["debugger", `127.0.0.1:${inspectPort}`] as const]),
  ];
  return [
    ...rows.map(([name, address]) => `  ${name.padEnd(12)}  ${paint("bold", address)}`),
    ...(people.length === 0 ? [] : ["", `  Log in as ${people.join(", ")}; password ${PASSWORD}.`]),
  ].join("\n");
}
