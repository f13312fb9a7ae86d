import type { GatewayModel } from "../model/gateway-model.ts";

/**
 * Endpoints that answer a client that knows the API's address alone (RFC 9728). An endpoint of KrakenD has a backend, so its own
 * health stands in for one, and nothing of that is handed on.
 */
export function planMetadataEndpoints({ metadata, port }: GatewayModel) {
  return (metadata?.paths ?? []).map((path) => ({
    endpoint: path,
    method: "GET",
    output_encoding: "json",
    cache_ttl: "1h",
    backend: [{ host: [`http://127.0.0.1:${port}`], url_pattern: "/__health", allow: ["-"] }],
    extra_config: { proxy: { static: { strategy: "always", data: metadata?.document } } },
  }));
}
