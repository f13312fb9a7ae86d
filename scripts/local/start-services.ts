import { join } from "node:path";
import { type LocalTenant, type LocalTenantOptions, startLocalTenant } from "../../local/auth0/server.ts";
import { ensureCertificateAuthority, ensureHostsAuthority } from "../../local/http/certificate-authority.ts";
import type { ApiKey } from "../../local/stripe/keys.ts";
import { type ListeningStripe, startLocalStripe } from "../../local/stripe/start.ts";
import { ACTION_PERMISSIONS, GATEWAY_PERMISSIONS, PORTAL_PERMISSIONS } from "../stripe/restricted-keys.ts";
import { createMapPlaces } from "./map-places.ts";
import { openHosts } from "./open-hosts.ts";
import type { NamedHost } from "./parse-hosts.ts";

/** As Actions know it: the SDK has no other host unless it is told. */
const STRIPE_HOST = "api.stripe.com";

export interface ServicesOptions {
  /** Keys and certificates, made once. */
  readonly directory: string;
  /** The project's folder. */
  readonly project: string;
  /** Files that keep what the two hold; without one it ends with the process. */
  readonly stateFiles?: { readonly tenant: string; readonly stripe: string };
  /** 0 takes any free one. */
  readonly ports?: { readonly tenant: number; readonly stripe: number };
  /** API keys that Stripe accepts; without any, and none kept, it makes them. */
  readonly stripeKeys?: readonly ApiKey[];
  readonly log: (line: string) => void;
  readonly tenant?: Partial<LocalTenantOptions>;
  /** What Actions can call besides. */
  readonly hosts?: readonly NamedHost[];
}

export interface Services {
  readonly tenant: LocalTenant;
  readonly stripe: ListeningStripe;
  /** A restricted key that may what the Actions need. */
  readonly stripeKey: string;
  /** One for gateways, one for the billing portal, and one that may do everything; undefined where other keys were given, or are kept from before. */
  readonly gatewayKey: string | undefined;
  readonly portalKey: string | undefined;
  readonly accountKey: string | undefined;
  close(): Promise<void>;
}

/** A tenant and a Stripe account on this machine: what the tenant's Actions send to api.stripe.com arrives at the latter. */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const { directory, project, stateFiles, ports = { tenant: 0, stripe: 0 }, stripeKeys = [], log } = options;
  const certificates = join(directory, "tls");
  const authority = await ensureCertificateAuthority(certificates);
  const ofHosts = await ensureHostsAuthority(certificates);
  const stripe = await startLocalStripe({
    port: ports.stripe,
    tls: await authority.issue("stripe", ["localhost", "127.0.0.1"]),
    names: { [STRIPE_HOST]: await ofHosts.issue("stripe", [STRIPE_HOST]) },
    // All that the Stripe CLI takes on loopback.
    alsoPlain: true,
    keys: stripeKeys,
    // The Actions' first: stripeKey is the first of all.
    restrictedKeys: [ACTION_PERMISSIONS, GATEWAY_PERMISSIONS, PORTAL_PERMISSIONS],
    ...(stateFiles && { stateFile: stateFiles.stripe }),
  });
  const hosts = await openHosts(options.hosts ?? [], ofHosts);
  try {
    const tenant = await startLocalTenant({
      directory,
      project,
      port: ports.tenant,
      hosts: { [STRIPE_HOST]: { host: "127.0.0.1", port: stripe.port, ca: ofHosts.ca }, ...hosts.map },
      log,
      mapPlaces: createMapPlaces(project),
      ...(stateFiles && { stateFile: stateFiles.tenant }),
      ...options.tenant,
    });
    return {
      tenant,
      stripe,
      stripeKey: stripe.keys.all()[0]?.secret ?? "",
      gatewayKey: stripe.keys.all().find(isForGateways)?.secret,
      portalKey: stripe.keys.all().find(isForPortal)?.secret,
      accountKey: stripe.keys.all().find(({ secret }) => secret.startsWith("sk_"))?.secret,
      async close() {
        await tenant.close();
        await hosts.close();
        await stripe.close();
      },
    };
  } catch (error) {
    await hosts.close();
    await stripe.close();
    throw error;
  }
}

const isForGateways = ({ permissions = [] }: ApiKey): boolean => permissions.includes("rak_billing_meter_event_write");
const isForPortal = ({ permissions = [] }: ApiKey): boolean => permissions.includes("rak_customer_portal_write");

/** The tenant's own page for require-verified-email, which a real tenant's operator would build: `VERIFY_EMAIL_URL`. */
export const verifyEmailUrl = (domain: string): string => `https://${domain}/u/verify-email`;
