import { type ManagementClient, ManagementError } from "auth0";
import { CommandError } from "../../command.ts";
import type { TenantDocument } from "../../tenant/document.ts";
import { listNeededSections } from "../kinds/handed-over/specs.ts";
import type { TenantReader } from "../kinds/kind.ts";
import type { Fields, LiveItem } from "../kinds/live-record.ts";
import type { LiveTenant } from "../kinds/live-tenant.ts";
import { KINDS, type ResourceType } from "../kinds/table.ts";
import { isLostAnswer } from "../write/lost-answer.ts";

/**
 * Reads all that the tenant has of each kind in the table. What takes a request each is read of those things only that the
 * document names.
 *
 * @throws {CommandError} DEPLOY_SCOPE_MISSING, TENANT_UNREADABLE
 */
export async function readLiveTenant(
  management: ManagementClient,
  domain: string,
  document: TenantDocument,
  readSections?: ReadSections,
): Promise<LiveTenant> {
  const types = KINDS.map(({ type }) => type);
  return { domain, ...(await readLiveKinds(management, domain, document, types, readSections)) };
}

/**
 * Reads these kinds and no others, but for what they refer to: a command that must work in an emergency does not depend on
 * what it has no use for.
 *
 * @throws {CommandError} DEPLOY_SCOPE_MISSING, TENANT_UNREADABLE
 */
export async function readLiveKinds<Type extends ResourceType>(
  management: ManagementClient,
  domain: string,
  document: TenantDocument,
  types: readonly Type[],
  readSections?: ReadSections,
  known?: Partial<LiveTenant>,
): Promise<Pick<LiveTenant, Type>> {
  const { read } = createReader(management, document, readSections, known);
  try {
    const rows = await Promise.all(types.map(async (type) => [type, await read(type)] as const));
    return Object.fromEntries(rows) as Pick<LiveTenant, Type>;
  } catch (error) {
    throw explainUnreadable(error, domain);
  }
}

/** Each kind is read once, when it is first asked for, if it is not known. */
export function createReader(
  management: ManagementClient,
  document: TenantDocument,
  readSections: ReadSections = refuseSections,
  known: Partial<LiveTenant> = {},
): TenantReader {
  let sections: Promise<Fields> | undefined;
  const lists = new Map<ResourceType, Promise<readonly LiveItem[]>>(
    KINDS.flatMap(({ type }) => (known[type] === undefined ? [] : [[type, Promise.resolve(known[type])] as const])),
  );
  const reader: TenantReader = {
    management,
    document,
    readSections() {
      const needed = listNeededSections(document);
      sections ??= needed.length === 0 ? Promise.resolve({}) : readSections(needed, document);
      return sections;
    },
    read<Type extends ResourceType>(type: Type) {
      const list = lists.get(type) ?? KINDS.find((kind) => kind.type === type)?.read(reader);
      if (list === undefined) throw new Error(`${type} is not in the table of kinds`);
      lists.set(type, list);
      // Each kind's own `read` made it.
      return list as Promise<LiveTenant[Type]>;
    },
  };
  return reader;
}

/** Has the Deploy CLI read these sections, of which the document has something or uses the names. */
export type ReadSections = (sections: readonly string[], document: TenantDocument) => Promise<Fields>;

/** Commands of an emergency look at no such kind. */
async function refuseSections(sections: readonly string[]): Promise<Fields> {
  throw new Error(`nobody said how to read ${sections.join(", ")}`);
}

/** What is thrown of a request that only reads, in words; what is not the tenant's doing stays as it is. */
export function explainUnreadable(cause: unknown, domain: string): unknown {
  if (cause instanceof CommandError) return cause;
  if (cause instanceof ManagementError && cause.cause instanceof CommandError) return cause.cause;
  if (cause instanceof ManagementError && cause.statusCode === 403) {
    const scopes = /insufficient scope, expected any of: ([\w:, ]+)/i.exec(cause.message)?.[1];
    return new CommandError(
      "DEPLOY_SCOPE_MISSING",
      `${domain} refused to be read: the deploying application lacks ${scopes ?? "a scope"}. Add it (Auth0 dashboard: Applications > APIs > Auth0 Management API > Machine to Machine Applications), then try again.`,
      { cause },
    );
  }
  if (!isLostAnswer(cause) && !(cause instanceof ManagementError)) return cause;
  const status = cause instanceof ManagementError && cause.statusCode !== undefined ? ` (${cause.statusCode})` : "";
  return new CommandError(
    "TENANT_UNREADABLE",
    `${domain} could not be read${status}. Nothing was sent; try again when it answers.`,
    { cause },
  );
}
