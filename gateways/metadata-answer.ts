import type { ResourceMetadata } from "./authorizer/resource-metadata.ts";

export interface MetadataAnswer {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

/** What it says is the same for everybody and holds nothing of anybody, so any page may read it. */
export const METADATA_HEADERS = {
  "content-type": "application/json",
  "access-control-allow-origin": "*",
  // A page that names a version of its protocol in a header asks first.
  "access-control-allow-headers": "*",
  "cache-control": "public, max-age=3600",
} as const;

/** The answer to a question for the API's metadata; undefined for any other. It takes no token. */
export function findMetadataAnswer(
  metadata: ResourceMetadata | undefined,
  { method = "", target }: { readonly method: string | undefined; readonly target: string },
): MetadataAnswer | undefined {
  const path = target.split("?", 1)[0] ?? "";
  if (metadata?.paths.includes(path) !== true || !/^(?:GET|HEAD|OPTIONS)$/.test(method)) return undefined;
  return { status: 200, headers: METADATA_HEADERS, body: JSON.stringify(metadata.document) };
}
