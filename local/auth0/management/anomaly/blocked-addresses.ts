import { forgetRejected, isThrottled } from "../../authentication/token/rejected-tokens.ts";
import { endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";

/** Addresses from which too many foreign tokens came that an Action rejected. */
export const blockedAddresses: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/anomaly/blocks/ips/:id",
    scopes: ["read:anomaly_blocks"],
    handle: ({ params }) => {
      if (isThrottled(tenant, params.id ?? "")) return ok({});
      throw new ManagementError(404, "IP address is not blocked.");
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/anomaly/blocks/ips/:id",
    scopes: ["delete:anomaly_blocks"],
    handle: ({ params }) => {
      forgetRejected(tenant, params.id ?? "");
      return NO_CONTENT;
    },
  }),
];
