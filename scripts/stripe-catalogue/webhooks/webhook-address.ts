import { isLoopback } from "../../../gateways/authorizer/loopback.ts";
import { WEBHOOK_PATH } from "../../../gateways/webhooks/mount-receiver.ts";
import { wrongUse } from "../../terminal/options.ts";

/**
 * Where the receiver is, behind the gateway's own address.
 *
 * @param gateway `https://api.example.com`; http for this machine alone
 * @throws {CommandError} USAGE
 */
export function readWebhookAddress(gateway: string): string {
  const url = URL.canParse(gateway) ? new URL(gateway) : undefined;
  const isSecure = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url));
  if (url === undefined || !isSecure || url.search !== "" || url.hash !== "" || url.username !== "") {
    throw wrongUse("--webhooks takes the address of your gateway, such as https://api.example.com.");
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}${WEBHOOK_PATH}`;
}
