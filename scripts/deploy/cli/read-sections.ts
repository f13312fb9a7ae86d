import type { TenantConnection } from "../connect.ts";
import { listPromptParts } from "../kinds/handed-over/prompt-parts.ts";
import type { ReadSections } from "../live/read-live-tenant.ts";
import { explainUnreadable } from "./explain-failure.ts";
import { checkRefusedReads } from "./refused-reads.ts";
import { askCli } from "./run-deploy-cli.ts";

/** Has the Deploy CLI export sections, in a process of its own. What it says while it reads is of no use to anybody. */
export function createSectionReader({ domain, accessToken, caFile, retryPolicy }: TenantConnection): ReadSections {
  return async (sections, document) => {
    const promptParts = listPromptParts(document);
    const request = { task: "read", sections, promptParts, domain, accessToken, retryPolicy } as const;
    const { sections: read, refused } = await askCli(request, { caFile, onProgress: () => {} });
    const unscoped = refused.find(({ message }) => /insufficient scope/i.test(message));
    if (unscoped !== undefined) throw explainUnreadable(unscoped);
    checkRefusedReads(refused, document, domain);
    return read;
  };
}
