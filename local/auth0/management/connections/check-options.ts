import { ManagementError } from "../error.ts";

type Options = Readonly<Record<string, unknown>>;

/** How users of a database are named (`options.attributes`), as far as it matters here. */
interface Attribute {
  readonly identifier?: { readonly active?: boolean };
  readonly profile_required?: boolean;
  readonly signup?: { readonly status?: string };
  readonly unique?: boolean;
}
type Attributes = Readonly<Record<string, Attribute>>;

const INVALID = "invalid_body";

/**
 * Recorded by go-auth0 and terraform-provider-auth0.
 *
 * @param current of the connection that is changed
 * @throws {ManagementError} 400 for options that contradict each other
 */
export function checkOptions(options: Options, current: Options = {}): void {
  const attributes = options.attributes as Attributes | null | undefined;
  if (attributes === undefined || attributes === null) return;
  for (const name of ["validation", "requires_username"]) {
    if (options[name] === undefined || options[name] === false) continue;
    throw new ManagementError(400, `Cannot set both options.attributes and options.${name}`, INVALID);
  }
  const all = Object.entries(attributes);
  if (all.length > 0 && all.every(([, { identifier }]) => identifier?.active === false)) {
    throw new ManagementError(400, "attributes must contain one active identifier", INVALID);
  }
  for (const [name, { profile_required, signup }] of all) {
    if (profile_required !== true || signup?.status !== "inactive") continue;
    throw new ManagementError(400, `attribute ${name} must also be required on signup`, INVALID);
  }
  const former = current.attributes as Attributes | null | undefined;
  if (attributes.email?.unique === false && former?.email?.unique !== false && Object.keys(current).length > 0) {
    throw new ManagementError(400, "cannot add non-unique email attribute", INVALID);
  }
}

/** Only providers by OpenID Connect can ask for another application's tokens. */
export function checkCrossAppAccess(strategy: string, { cross_app_access_requesting_app: app }: Options): void {
  const isActive = (app as { readonly active?: boolean } | null | undefined)?.active === true;
  if (!isActive || ["okta", "oidc"].includes(strategy)) return;
  const message = "Cross App Access Requesting App is not supported for this connection.";
  throw new ManagementError(400, message, "operation_not_supported");
}
