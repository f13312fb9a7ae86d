import type { Unread } from "../../deploy/cli/messages.ts";
import type { LiveTenant } from "../../deploy/kinds/live-tenant.ts";
import { KINDS } from "../../deploy/kinds/table.ts";

/** What is adopted from. */
export interface Source {
  /** A domain or a folder: for messages. */
  readonly name: string;
  /** As tenant.yaml has them, but for the contents of files and the values of secrets. */
  readonly sections: Readonly<Record<string, unknown>>;
  /** The tenant itself; undefined for an export, which says nothing of drafts, ids and what its maker could not read. */
  readonly live: LiveTenant | undefined;
  readonly unread: readonly Unread[];
  /** Of the tenant, to be replaced by a keyword. */
  readonly domain: string | undefined;
}

/** What a folder knows of its tenant. */
export function createEmptyTenant(domain: string): LiveTenant {
  return { domain, ...Object.fromEntries(KINDS.map(({ type }) => [type, []])) } as unknown as LiveTenant;
}
