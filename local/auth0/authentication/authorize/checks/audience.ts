import { AccessDenied } from "../../../oauth-error.ts";
import { readAudience } from "../../audience.ts";
import type { Check } from "./check.ts";

export const checkAudience: Check = ({ tenant, parameters }) => {
  const audience = readAudience(tenant, parameters);
  if (audience === undefined) return;
  if (tenant.state.resourceServers.find((api) => api.identifier === audience) === undefined) {
    throw new AccessDenied(`Service not found: ${audience}`);
  }
};
