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
  const closed = new Set(listClosedSettings(secrets, { secrets: written }, example));
  const choose = ([name, value]: readonly [string, string]) =>
    [name, closed.has(value) ? `made up for ${name}` : value] as const;
  return Object.fromEntries(Object.entries(secrets).map(choose));
}

/** The values that no file of the repository may have. */
export function listClosedSettings(
  secrets: Readonly<Record<string, string>>,
  { secrets: written = [] }: Pick<TenantAction, "secrets">,
  example: Environment,
): readonly string[] {
  const open = new Set([
    ...written.flatMap(({ value }) => (value !== undefined && findMarkers(value).length === 0 ? [value] : [])),
    ...Object.values(example),
  ]);
  return Object.values(secrets).filter((value) => !open.has(value) && !HERE.test(value));
}
