import type { TenantState } from "../../state/tenant-state.ts";
import { ManagementError } from "../error.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Settings of a client that name profiles, and which of their members names what. */
const SETTINGS = ["my_organization_configuration", "express_configuration"];
const PROFILES = {
  connection_profile_id: "/connection-profiles",
  user_attribute_profile_id: "/user-attribute-profiles",
} as const;

/** Throws 400 for a profile that does not exist: the status that go-auth0 recorded, in our words. */
export function checkProfiles({ records }: Pick<TenantState, "records">, body: Fields): void {
  for (const setting of SETTINGS) {
    for (const [name, path] of Object.entries(PROFILES)) {
      const id = (body[setting] as Fields | null | undefined)?.[name];
      if (typeof id !== "string" || records(path).has(id)) continue;
      throw new ManagementError(400, `The ${name} ${id} of ${setting} does not exist.`, "invalid_body");
    }
  }
}
