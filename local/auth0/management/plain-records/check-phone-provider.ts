import { ManagementError } from "../error.ts";
import type { Fields } from "./fields.ts";

/** Throws 400 for a Twilio account that says not where its messages come from: as terraform-provider-auth0 recorded it. */
export function checkPhoneProvider({ name, configuration }: Fields): void {
  if (name !== "twilio") return;
  const { default_from: from, mssid } = (configuration ?? {}) as Fields;
  if (from === undefined && mssid === undefined)
    throw new ManagementError(400, "Bad Operation on Notification Resource");
}
