import { ManagementClient } from "auth0";
import type { ManagementAccess } from "./management-access.ts";

/**
 * Auth0's SDK for the Management API, for somebody who waits: a person at a page, or Stripe, which sends again what was not done.
 *
 * @param trustingFetch one that trusts a tenant on this machine
 */
export const openManagement = (access: ManagementAccess, trustingFetch: typeof fetch): ManagementClient =>
  new ManagementClient({ ...access, fetch: trustingFetch, maxRetries: 1, timeoutInSeconds: 3 });
