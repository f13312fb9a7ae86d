import { METADATA_HEADERS } from "../metadata-answer.ts";
import type { GatewayModel } from "../model/gateway-model.ts";
import { renderPlainJson } from "../model/plain-json.ts";

/** Answers a client that knows the API's address alone (RFC 9728), before anybody is asked. */
export function renderMetadata({ metadata }: GatewayModel): readonly string[] {
  if (metadata === undefined) return [];
  return [
    "\t\t# What a client needs to know to get a token (RFC 9728).",
    `\t\t@metadata path ${metadata.paths.join(" ")}`,
    "\t\theader @metadata {",
    ...Object.entries(METADATA_HEADERS).map(([name, value]) => `\t\t\t${name} "${value}"`),
    "\t\t}",
    `\t\trespond @metadata \`${renderPlainJson(metadata.document)}\` 200`,
  ];
}
