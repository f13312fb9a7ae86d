import type { TenantConnection } from "../connect.ts";
import type { ReadSections } from "../live/read-live-tenant.ts";
import { askCli } from "./run-deploy-cli.ts";

/** Has the Deploy CLI export sections, in a process of its own. What it says while it reads is of no use to anybody. */
export function createSectionReader({ domain, accessToken, caFile, retryPolicy }: TenantConnection): ReadSections {
  return async (sections) => {
    const request = { task: "read", sections, domain, accessToken, retryPolicy } as const;
    return (await askCli(request, { caFile, onProgress: () => {} })).sections;
  };
}
