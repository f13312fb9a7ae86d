import { html } from "hono/html";
import type { TenantFault } from "../../auth0/faults.ts";
import type { Tenant } from "../../auth0/tenant.ts";
import { isoTime } from "../../auth0/timestamps.ts";
import { type FaultTable, renderClock, renderFaults } from "../controls/render-controls.ts";
import { definePage, type Page } from "../serving/page.ts";

export const SECTION = "/console/tenant";

export const FAULTS = {
  down: { label: "down", effect: "answers 503 at once, whatever it is asked" },
  slow: { label: "slow", effect: "takes three seconds longer, whatever it is asked" },
} as const satisfies Readonly<Record<TenantFault, FaultTable[string]>>;

interface TenantView {
  readonly domain: string;
  readonly issuer: string;
  /** ISO 8601 */
  readonly now: string;
  readonly fault: TenantFault | null;
}

export const describeTenant = ({
  domain,
  issuer,
  clock,
  faults,
}: Pick<Tenant, "domain" | "issuer" | "clock" | "faults">): TenantView => ({
  domain,
  issuer,
  now: isoTime(clock()),
  fault: faults.current ?? null,
});

/** What may befall the tenant. @param isMovable whether somebody can move its clock */
export const createTenantPage = (isMovable: boolean): Page =>
  definePage({
    path: SECTION,
    read: ({ tenant }) => describeTenant(tenant),
    render: ({ issuer, now, fault }, { token }) => {
      const faults = { title: "Faults", subject: "The tenant", faults: FAULTS, fault, action: `${SECTION}/faults` };
      const note = "It moves forward alone: Stripe, and gateways that check its tokens, have clocks of their own.";
      const none =
        "The tenant answers. Switch on what an application or a gateway should meet; the console goes on answering:";
      return {
        title: "Tenant",
        section: SECTION,
        content: html`<p class="facts"><code>${issuer}</code></p>
${renderFaults({ ...faults, none }, token)}${isMovable ? renderClock({ subject: "The tenant", now, note, action: `${SECTION}/clock` }, token) : ""}`,
      };
    },
  });
