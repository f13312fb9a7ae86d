import { readChoice, readRequired, type Secrets as SecretsNamed } from "../shared/settings.ts";

export type Secrets = SecretsNamed<"API_IDENTIFIER" | "SCOPES" | "DIRECT_PERMISSIONS" | "EXTENSION_PERMISSIONS">;

export interface Settings {
  /** The one API whose scopes are filtered. */
  apiIdentifier: string;
  /** `assigned`: offer all that the user was granted, asked for or not. `requested`: leave it at what was asked for. */
  scopes: "assigned" | "requested";
  /** `keep`: permissions assigned by hand stay, so removal is left to RBAC. */
  directPermissions: "remove" | "keep";
  /** `on`: what the Authorization Extension left in `app_metadata.authorization` counts as granted. */
  extensionPermissions: "off" | "on";
}

/** @throws {ActionError} `bad_setting` */
export const readSettings = (secrets: Secrets): Settings => ({
  apiIdentifier: readRequired(secrets, "API_IDENTIFIER"),
  scopes: readChoice(secrets, "SCOPES", ["assigned", "requested"]),
  directPermissions: readChoice(secrets, "DIRECT_PERMISSIONS", ["remove", "keep"]),
  extensionPermissions: readChoice(secrets, "EXTENSION_PERMISSIONS", ["off", "on"]),
});
