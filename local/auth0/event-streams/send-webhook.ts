import { type PostOptions, post } from "../../http/post.ts";
import type { CloudEvent } from "../state/event-stream.ts";
import type { Destination, WebhookAuthorization } from "./event-stream.ts";

type Webhook = Extract<Destination, { readonly type: "webhook" }>["configuration"];

/** How one attempt went. `isFinal`: Auth0 does not repeat what was answered 4xx. */
export type AttemptOutcome =
  | { readonly kind: "taken" }
  | { readonly kind: "failed"; readonly message: string; readonly isFinal: boolean };

/** One attempt. Auth0 signs nothing: the authorization is the only proof. */
export async function sendWebhook(
  { webhook_endpoint: url, webhook_authorization: authorization }: Webhook,
  event: CloudEvent,
  { signal, ...options }: PostOptions & { readonly signal: AbortSignal },
): Promise<AttemptOutcome> {
  const headers = { "content-type": "application/json", ...renderAuthorization(authorization) };
  try {
    const status = await post({ url, headers, body: JSON.stringify(event), signal }, options);
    if (status >= 200 && status < 300) return { kind: "taken" };
    return { kind: "failed", message: `answered ${status}`, isFinal: status >= 400 && status < 500 };
  } catch (error) {
    const message = signal.aborted ? "no answer in time" : error instanceof Error ? error.message : String(error);
    return { kind: "failed", message, isFinal: false };
  }
}

function renderAuthorization(authorization: WebhookAuthorization | undefined): Record<string, string> {
  switch (authorization?.method) {
    case "bearer":
      return { authorization: `Bearer ${authorization.token ?? ""}` };
    case "basic": {
      const { username = "", password = "" } = authorization;
      return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
    }
    case "custom_header":
      return authorization.header_key === undefined
        ? {}
        : { [authorization.header_key]: authorization.header_value ?? "" };
    case undefined:
      return {};
  }
}
