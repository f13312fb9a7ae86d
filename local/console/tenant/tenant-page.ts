import { html } from "hono/html";
import type { Geolocation } from "../../../types/auth0-actions/event.d.ts";
import type { TenantFault } from "../../auth0/faults.ts";
import { GEOLOCATION_MEMBERS } from "../../auth0/geolocation.ts";
import type { Tenant } from "../../auth0/tenant.ts";
import { isoTime } from "../../auth0/timestamps.ts";
import type { Markup } from "../../http/html-page.ts";
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
  readonly geolocation: Geolocation;
}

export const describeTenant = ({
  domain,
  issuer,
  clock,
  faults,
  geolocation,
}: Pick<Tenant, "domain" | "issuer" | "clock" | "faults" | "geolocation">): TenantView => ({
  domain,
  issuer,
  now: isoTime(clock()),
  fault: faults.current ?? null,
  geolocation: geolocation.get(),
});

/** What may befall the tenant. @param isMovable whether somebody can move its clock */
export const createTenantPage = (isMovable: boolean): Page =>
  definePage({
    path: SECTION,
    read: ({ tenant }) => describeTenant(tenant),
    render: ({ issuer, now, fault, geolocation }, { token }) => {
      const faults = { title: "Faults", subject: "The tenant", faults: FAULTS, fault, action: `${SECTION}/faults` };
      const note = "It moves forward alone: Stripe, and gateways that check its tokens, have clocks of their own.";
      const none =
        "The tenant answers. Switch on what an application or a gateway should meet; the console goes on answering:";
      return {
        title: "Tenant",
        section: SECTION,
        content: html`<p class="facts"><code>${issuer}</code></p>
${renderFaults({ ...faults, none }, token)}${renderGeolocation(geolocation, token)}${isMovable ? renderClock({ subject: "The tenant", now, note, action: `${SECTION}/clock` }, token) : ""}`,
      };
    },
  });

const renderGeolocation = (place: Geolocation, token: string): Markup =>
  html`<section class="card" aria-label="Geolocation"><h2>Geolocation</h2>
<p class="quiet">Where requests come from, as Actions see it in <code>event.request.geoip</code>. This machine itself is nowhere.</p>
<form method="post" action="${SECTION}/geolocation"><input type="hidden" name="token" value="${token}">
<div class="fields">${GEOLOCATION_MEMBERS.map((name) => html`<div><label for="${name}">${name}</label><input id="${name}" name="${name}" value="${place[name] ?? ""}" autocomplete="off"></div>\n`)}</div>
<button type="submit">Save</button></form></section>
`;
