import { METADATA_HEADERS } from "../metadata-answer.ts";
import type { GatewayModel } from "../model/gateway-model.ts";
import { renderPlainJson } from "../model/plain-json.ts";

/** Answers a client that knows the API's address alone (RFC 9728). Nobody is asked, and no token is needed. */
export function renderMetadata({ metadata }: GatewayModel): readonly string[] {
  if (metadata === undefined) return [];
  const { "content-type": type, ...headers } = METADATA_HEADERS;
  return [
    "  # What a client needs to know to get a token (RFC 9728).",
    ...metadata.paths.flatMap((path) => [
      `  location = ${path} {`,
      `    default_type ${type};`,
      ...Object.entries(headers).map(([name, value]) => `    add_header ${name} "${value}";`),
      `    return 200 '${renderPlainJson(metadata.document)}';`,
      "  }",
    ]),
    "",
  ];
}
