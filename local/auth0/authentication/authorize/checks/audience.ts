import { AccessDenied } from "../../../oauth-error.ts";
import { findApi } from "../../../tokens/mfa-api.ts";
import { readAudience } from "../../audience.ts";
import type { Check } from "./check.ts";

export const checkAudience: Check = ({ tenant, parameters }) => {
  const audience = readAudience(tenant, parameters);
  if (audience === undefined) return;
  if (findApi(tenant, audience) === undefined) {
    throw new AccessDenied(`Service not found: ${audience}`);
  }
};
