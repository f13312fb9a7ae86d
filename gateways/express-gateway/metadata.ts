import { METADATA_HEADERS } from "../metadata-answer.ts";
import type { GatewayModel } from "../model/gateway-model.ts";

/** What answers a client that knows the API's address alone (RFC 9728), by policies that come with Express Gateway. */
export function planMetadata({ metadata }: GatewayModel) {
  if (metadata === undefined) return undefined;
  return {
    endpoint: { host: "*", paths: metadata.paths, methods: ["GET", "HEAD", "OPTIONS"] },
    policies: [
      { expression: [{ action: { jscode: renderAnswerHeaders(METADATA_HEADERS) } }] },
      { terminate: [{ action: { statusCode: 200, message: JSON.stringify(metadata.document) } }] },
    ],
  };
}

/** Sets headers of the answer. */
export const renderAnswerHeaders = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `res.setHeader(${JSON.stringify(name)}, ${JSON.stringify(value)});`)
    .join(" ");
