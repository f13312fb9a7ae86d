import { isDeepStrictEqual } from "node:util";
import type { Kind } from "../../deploy/kinds/kind.ts";
import type { LiveTenant } from "../../deploy/kinds/live-tenant.ts";
import { KINDS } from "../../deploy/kinds/table.ts";
import { keepMarkers } from "../../tenant/fill-markers.ts";
import { type FindKeywordValue, readKeywordValues } from "../../tenant/keyword-values.ts";
import { findIdentity } from "../../tenant/overlay/identities.ts";
import { valueAt } from "../../tenant/paths.ts";
import type { Environment } from "../../tenant/read-environment.ts";
import type { TenantFile } from "../../tenant/read-tenant.ts";
import { refuseLines } from "../../tenant/refusal.ts";
import { resolveKnownTenant } from "../../tenant/resolve-tenant.ts";
import type { TextWithMarkers } from "../../tenant/source.ts";
import { desireDocument, type Entry, listEntries } from "../entry.ts";
import type { LiveSource } from "../read/read-live-source.ts";
import type { BaseEntry } from "./overlay-entry.ts";

/** Every entry that is written out in tenant.yaml. Where a keyword stands for one, or for its section, an overlay replaces it whole. */
export async function listBaseEntries(
  file: TenantFile,
  environment: Environment,
  live: LiveTenant,
): Promise<readonly BaseEntry[]> {
  const written = file.source.read(keepMarkers);
  const { document } = await resolveKnownTenant(file, environment);
  const desired = desireDocument(document);
  return KINDS.flatMap((kind) =>
    kind
      .listWanted(desired, live)
      .map(({ name, path }) => ({
        kind,
        name,
        path,
        value: valueAt(document, path),
        written: valueAt(written, path),
      }))
      .filter(({ written: text }) => typeof text === "object" && text !== null),
  );
}

/** Settings that every tenant has, in sections that tenant.yaml does not have: they are managed nowhere. */
export function listUnmanagedSettings({ sections, live }: LiveSource, { document }: TenantFile): readonly Entry[] {
  return listEntries(sections, live).filter(({ kind }) => isSetting(kind) && !Object.hasOwn(document, kind.section));
}

/** Whether Auth0 has it in every tenant, so that nobody can create it. Flows are adopted with the Actions bound to them. */
const isSetting = ({ type, scopes }: Kind): boolean =>
  type !== "flow" && scopes.write.every((scope) => scope.startsWith("update:"));

/** Names the members of an entry that have keywords without values. */
export function listUnfilledMembers(
  { source }: TenantFile,
  environment: Environment,
): (entry: BaseEntry) => readonly string[] {
  const find = readKeywordValues(environment);
  const unfilled = source.texts.filter((text) => isUnfilled(text, find)).map(({ path }) => path);
  return (entry) =>
    unfilled
      .filter((path) => isDeepStrictEqual(path.slice(0, entry.path.length), entry.path))
      .map((path) => String(path[entry.path.length]));
}

/** Whether a text has a keyword without a value. */
const isUnfilled = ({ parts }: TextWithMarkers, find: FindKeywordValue): boolean =>
  parts.some((part) => typeof part !== "string" && find(part.name) === undefined);

/**
 * Entries are found in the tenant by their names, whose keywords must have values.
 *
 * @throws {CommandError} TENANT_KEYWORDS_UNFILLED
 */
export function checkNamesFilled({ source }: TenantFile, environment: Environment, variables: string): void {
  const find = readKeywordValues(environment);
  const unnamed = source.texts.filter((text) => isUnfilled(text, find) && (text.isKey || isName(text)));
  if (unnamed.length === 0) return;
  throw refuseLines(
    "TENANT_KEYWORDS_UNFILLED",
    "Entries of tenant.yaml are found in the tenant by their names, and keywords in names have no value",
    unnamed.map((text) => `${source.locate(text.path)} ${keepMarkers(text)}`),
    `Give them values in ${variables}, then adopt again.`,
  );
}

function isName({ path }: TextWithMarkers): boolean {
  const [section, index, member] = path;
  if (section === undefined || typeof index !== "number" || path.length !== 3) return false;
  return findIdentity([section])?.includes(String(member)) === true;
}
