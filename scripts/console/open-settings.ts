import type { TenantAction } from "../tenant/document.ts";
import { findMarkers } from "../tenant/markers.ts";
import type { Environment } from "../tenant/read-environment.ts";

const HERE = /^https?:\/\/(?:localhost|127\.0\.0\.1)[:/]/;

/**
 * An Action's secrets as a file of the repository may have them: settings that tenant.yaml or .env.example has in the open, and
 * addresses of this machine, as they are; something made up for every other.
 */
export function chooseOpenSettings(
  secrets: Readonly<Record<string, string>>,
  { secrets: written = [] }: Pick<TenantAction, "secrets">,
  example: Environment,
): Readonly<Record<string, string>> {
  const open = new Set([
    ...written.flatMap(({ value }) => (value !== undefined && findMarkers(value).length === 0 ? [value] : [])),
    ...Object.values(example),
  ]);
  const choose = ([name, value]: readonly [string, string]) =>
    [name, open.has(value) || HERE.test(value) ? value : `made up for ${name}`] as const;
  return Object.fromEntries(Object.entries(secrets).map(choose));
}
