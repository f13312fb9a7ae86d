import { ManagementError } from "auth0";
import type { Unread } from "../../deploy/cli/messages.ts";
import { askCli } from "../../deploy/cli/run-deploy-cli.ts";
import type { TenantConnection } from "../../deploy/connect.ts";
import type { LiveAction } from "../../deploy/kinds/action/live.ts";
import type { TenantReader } from "../../deploy/kinds/kind.ts";
import type { LiveItem } from "../../deploy/kinds/live-record.ts";
import type { LiveTenant } from "../../deploy/kinds/live-tenant.ts";
import { KINDS } from "../../deploy/kinds/table.ts";
import { createReader } from "../../deploy/live/read-live-tenant.ts";
import type { TenantDocument } from "../../tenant/document.ts";
import { renewDocument } from "../../tenant/outdated/renew-document.ts";
import { isMapping } from "../../tenant/shape.ts";
import { describeAction } from "./describe-action.ts";
import type { Source } from "./source.ts";

type Fields = Readonly<Record<string, unknown>>;

export type LiveSource = Source & { readonly live: LiveTenant };

/**
 * Reads a tenant twice: by the Deploy CLI, whose export has the form of tenant.yaml, and as a plan does, which is what must be equal
 * to it afterwards. Actions and their flows are taken from the second reading: an export has their drafts.
 *
 * @throws {CommandError} DEPLOY_CONNECTION_LOST, TENANT_UNREADABLE
 */
export async function readLiveSource(connection: TenantConnection, sections: readonly string[]): Promise<LiveSource> {
  const { domain, accessToken, caFile, retryPolicy, management } = connection;
  const exported = await askCli(
    { task: "read", sections, passesOver: true, domain, accessToken, retryPolicy },
    { caFile, onProgress: () => {} },
  );
  const { document } = renewDocument(toLists(exported.sections));
  const reader = createReader(management, document as TenantDocument, async () => document);
  const { live, unread } = await readKinds(reader, domain);
  const lacking = new Set(unread.map(({ section }) => section));
  return {
    name: domain,
    sections: Object.fromEntries(
      Object.entries({ ...document, ...describeActions(document, live) }).filter(([section]) => !lacking.has(section)),
    ),
    live,
    unread: mergeUnread([...exported.unread, ...unread]),
    domain,
  };
}

/** Sections that were read, and have anything in them. */
const toLists = (sections: Fields): Fields =>
  Object.fromEntries(Object.entries(sections).filter(([, value]) => value !== null && value !== undefined));

async function readKinds(
  reader: TenantReader,
  domain: string,
): Promise<{ readonly live: LiveTenant; readonly unread: readonly Unread[] }> {
  const unread: Unread[] = [];
  const rows = await Promise.all(
    KINDS.map(async ({ type, section }): Promise<readonly [string, readonly LiveItem[]]> => {
      try {
        return [type, await reader.read(type)];
      } catch (error) {
        if (!(error instanceof ManagementError) || error.statusCode === undefined) throw error;
        unread.push({ section, ...describeRefusal(error) });
        return [type, []];
      }
    }),
  );
  return { live: { domain, ...Object.fromEntries(rows) } as unknown as LiveTenant, unread };
}

function describeRefusal({ statusCode, body, message }: ManagementError): Omit<Unread, "section"> {
  const said = isMapping(body) && typeof body.message === "string" ? body.message : message;
  const scopes = /insufficient scope, expected any of: ([\w:, ]+)/i.exec(said)?.[1];
  return {
    reason: `${statusCode} ${said}`,
    ...(scopes !== undefined && { scopes: scopes.split(/[ ,]+/).filter(Boolean) }),
  };
}

/** Actions of the marketplace are in no export: their code is their maker's. */
function describeActions(document: Fields, { action, flow }: LiveTenant): Fields {
  const exported = Array.isArray(document.actions) ? document.actions.filter(isMapping) : undefined;
  return {
    ...(exported !== undefined && {
      actions: exported.flatMap((entry) => {
        const live: LiveAction | undefined = action.find(({ name }) => name === entry.name);
        return live === undefined ? [] : [{ ...describeAction(live), ...pickModules(entry) }];
      }),
    }),
    ...(document.triggers !== undefined && {
      triggers: Object.fromEntries(
        flow
          .filter(({ bindings }) => bindings.length > 0)
          .map(({ name, bindings }) => [
            name,
            bindings.map(({ actionName, displayName }) => ({ action_name: actionName, display_name: displayName })),
          ]),
      ),
    }),
  };
}

function pickModules({ modules }: Fields): Fields {
  return Array.isArray(modules) && modules.length > 0 ? { modules } : {};
}

/** Both readings may be refused the same. */
function mergeUnread(unread: readonly Unread[]): readonly Unread[] {
  const byText = new Map(unread.map((one) => [`${one.section} ${one.reason.replace(/^\d+ /, "")}`, one] as const));
  return [...byText.values()];
}
