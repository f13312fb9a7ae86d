import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { CommandError } from "../../../scripts/command.ts";
import { readTenant } from "../../../scripts/tenant/read-tenant.ts";
import { resolveTenant } from "../../../scripts/tenant/resolve-tenant.ts";
import { isMapping } from "../../../scripts/tenant/shape.ts";
import type { CliReader } from "./cli-reader.ts";

export interface Example {
  readonly text: string;
  /** As the value of AUTH0_KEYWORD_REPLACE_MAPPINGS. */
  readonly mappings: Readonly<Record<string, unknown>>;
}

export type Comparison =
  | { readonly kind: "same" }
  | { readonly kind: "differ"; readonly ours: unknown; readonly theirs: unknown }
  | { readonly kind: "refused by us"; readonly code: string; readonly message: string }
  | { readonly kind: "refused by the Deploy CLI"; readonly message: string }
  | { readonly kind: "refused by both"; readonly code: string };

/** Both readings of one file in `directory`, which has the files that examples name. */
export async function compareReadings(directory: string, example: Example, cli: CliReader): Promise<Comparison> {
  const file = join(directory, "tenant.yaml");
  await writeFile(file, example.text);
  const [ours, theirs] = [await readOurs(file, example), await cli.read(file, directory, example.mappings)];
  if (ours instanceof CommandError) {
    if ("failure" in theirs) return { kind: "refused by both", code: ours.code };
    return { kind: "refused by us", code: ours.code, message: ours.message };
  }
  if ("failure" in theirs) return { kind: "refused by the Deploy CLI", message: theirs.failure };
  // Both as JSON has them, which is how they are sent.
  const sent: unknown = JSON.parse(JSON.stringify(ours));
  const assets: Record<string, unknown> = JSON.parse(JSON.stringify(theirs.assets));
  return isDeepStrictEqual(sent, withoutDefaults(assets, sent))
    ? { kind: "same" }
    : { kind: "differ", ours: sent, theirs: assets };
}

async function readOurs(file: string, { mappings }: Example): Promise<CommandError | Record<string, unknown>> {
  try {
    const environment = { AUTH0_KEYWORD_REPLACE_MAPPINGS: JSON.stringify(mappings) };
    return { ...(await resolveTenant(await readTenant(file), environment)).document };
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
}

/** Values that the Deploy CLI puts where the file has nothing: its schema's defaults, and a database's empty options. */
const DEFAULTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  databases: { strategy: "auth0", options: {}, disable_self_service_change_password: false, unique: true },
  clients: {
    enforce: true,
    can_create_session_transfer_token: false,
    enforce_cascade_revocation: true,
    enforce_device_binding: "ip",
    allow_refresh_token: false,
    enforce_online_refresh_tokens: true,
  },
  tenant: { enforce: true },
};

/** Nor is anything sent for an empty section. */
function withoutDefaults(assets: Record<string, unknown>, ours: unknown): Record<string, unknown> {
  const own = isMapping(ours) ? ours : {};
  return Object.fromEntries(
    Object.entries(assets)
      .filter(([section, value]) => Object.hasOwn(own, section) || !isDeepStrictEqual(value, []))
      .map(([section, value]) => [section, drop(value, own[section], DEFAULTS[section] ?? {})]),
  );
}

function drop(theirs: unknown, ours: unknown, added: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(theirs))
    return theirs.map((entry, index) => drop(entry, Array.isArray(ours) ? ours[index] : undefined, added));
  if (!isMapping(theirs)) return theirs;
  const own = isMapping(ours) ? ours : {};
  return Object.fromEntries(
    Object.entries(theirs)
      .map(([key, value]) => [key, drop(value, own[key], added)] as const)
      .filter(([key, value]) => Object.hasOwn(own, key) || !isDeepStrictEqual(value, added[key])),
  );
}
