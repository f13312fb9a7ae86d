import { createFetchKeySet } from "../../gateways/authorizer/keys/fetch-key-set.ts";
import { ConfigurationError } from "../../gateways/authorizer/problems.ts";
import { openStripe } from "../../gateways/billing/stripe-client.ts";
import { createSendMeterEvent } from "../../gateways/billing/stripe-meter-events.ts";
import { createStripeSource } from "../../gateways/billing/stripe-source.ts";
import type { ForwardAuthApp } from "../../gateways/forward-auth/app.ts";
import { serveForwardAuth } from "../../gateways/forward-auth/serve.ts";
import { MeteringDirectoryUnusable, MeteringLocked } from "../../gateways/metering/errors.ts";
import { type Gateway, openGateway } from "../../gateways/open-gateway.ts";
import { CommandError, EXIT } from "../command.ts";
import { createFetch } from "../http/trusting-fetch.ts";
import { isMapping } from "../tenant/shape.ts";
import { extendByReceiver } from "./extend-by-receiver.ts";
import type { Configuration } from "./read-configuration.ts";

/**
 * Runs the forward-auth service until SIGINT or SIGTERM, then ends it in order.
 *
 * @throws CommandError AUTHORIZER_CONFIGURATION, METERING_LOCKED, METERING_DIRECTORY_UNUSABLE or AUTHORIZER_PORT_TAKEN
 */
export async function runAuthorizer(
  configuration: Configuration,
  print: (line: string) => void,
  log: (line: string) => void,
): Promise<void> {
  const stopped = waitForStop();
  const { gateway, extend } = open(configuration, log);
  const service = await serveForwardAuth({ gateway, port: configuration.port, host: configuration.host, extend }).catch(
    async (error: unknown) => {
      await gateway.close();
      throw isMapping(error) && error.code === "EADDRINUSE"
        ? new CommandError(
            "AUTHORIZER_PORT_TAKEN",
            `Port ${configuration.port} is taken. Set AUTHORIZER_PORT to another.`,
          )
        : error;
    },
  );
  // Keys are read before the first request, and it is said when they cannot be.
  if (!(await gateway.authorizer.keys.load()))
    log("authorizer: the issuer's keys cannot be read; requests get 503 until they can");
  print(service.url);
  await stopped;
  await service.stop();
}

interface Opened {
  readonly gateway: Gateway;
  readonly extend: (app: ForwardAuthApp) => void;
}

function open(
  { settings, rules, stripe, webhooks, meteringDirectory, durability, ca }: Configuration,
  log: (line: string) => void,
): Opened {
  // The authority is for a tenant and a Stripe on this machine: api.stripe.com is trusted as anywhere.
  const client = stripe && openStripe({ ...stripe, ...(isSecure(stripe.url) && { fetch: createFetch(ca) }) });
  const [issuer] = typeof settings.issuer === "string" ? [settings.issuer] : settings.issuer;
  const jwksUrl = settings.jwksUrl ?? `${issuer}.well-known/jwks.json`;
  const source = client && createStripeSource(client);
  try {
    const gateway = openGateway({
      ...settings,
      rules,
      source,
      log,
      metering: client && { directory: meteringDirectory, durability, log, send: createSendMeterEvent(client) },
      ...(ca !== undefined &&
        URL.canParse(jwksUrl) && {
          fetchKeySet: createFetchKeySet(new URL(jwksUrl), { fetch: createFetch(ca) }),
        }),
    });
    const { billing } = gateway;
    return {
      gateway,
      extend: (app) => {
        if (webhooks && client && source && billing)
          extendByReceiver(app, { webhooks, stripe: client, source, billing, ca, log });
      },
    };
  } catch (error) {
    if (error instanceof ConfigurationError)
      throw new CommandError("AUTHORIZER_CONFIGURATION", error.message, { exitCode: EXIT.usage, cause: error });
    if (error instanceof MeteringLocked || error instanceof MeteringDirectoryUnusable)
      throw new CommandError(error.code, error.message, { cause: error });
    throw error;
  }
}

const isSecure = (url: string | undefined): boolean => url?.startsWith("https:") === true;

/** Listens from now on, so that a signal during the start is not lost. */
function waitForStop(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve()).once("SIGTERM", () => resolve());
  });
}
