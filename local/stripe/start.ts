import type { TlsCertificate } from "../http/certificate-authority.ts";
import { listen } from "../http/listen.ts";
import { deliverOverSocket } from "./deliver.ts";
import { type LocalStripe, type LocalStripeOptions, openParts } from "./local-stripe.ts";

export interface ListeningStripe extends LocalStripe {
  readonly port: number;
  /** `https://localhost:4242`: no trailing slash. */
  readonly url: string;
}

export interface ListenOptions extends LocalStripeOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Without one it speaks plain HTTP. */
  readonly tls?: TlsCertificate | undefined;
  /** With one it speaks plain HTTP too, on the same port. */
  readonly alsoPlain?: boolean;
  /** By name: what is shown instead to whoever asks for the name. */
  readonly names?: Readonly<Record<string, TlsCertificate>> | undefined;
}

/** A Stripe account that listens on the loopback interface. */
export async function startLocalStripe(options: ListenOptions = {}): Promise<ListeningStripe> {
  const { local, catchUp, createApp, setOrigin } = openParts(options);
  // So that what ends by itself is told about without anybody asking.
  const passing = setInterval(catchUp, 1000);
  passing.unref();
  const { port = 0, tls, names, alsoPlain } = options;
  const listener = await listen(createApp(deliverOverSocket), { port, tls, names, alsoPlain });
  setOrigin(options.origin ?? listener.origin);
  return {
    ...local,
    port: listener.port,
    url: listener.origin,
    async close() {
      clearInterval(passing);
      await listener.close();
      await local.close();
    },
  };
}
