import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CommandError } from "../../command.ts";
import type { LiveTenant } from "../../deploy/kinds/live-tenant.ts";
import { desireAction } from "../../deploy/plan/desired.ts";
import { findMarkers } from "../../tenant/markers.ts";
import { valueAt } from "../../tenant/paths.ts";
import type { Environment } from "../../tenant/read-environment.ts";
import { parseTenant } from "../../tenant/read-tenant.ts";
import { resolveKnownTenant } from "../../tenant/resolve-tenant.ts";
import type { Path } from "../../tenant/shape.ts";
import { listLeaves } from "../cut.ts";
import { desireDocument, type Entry, labelOf, pathIn, toDocument } from "../entry.ts";
import { insertEntries } from "../render/insert-entries.ts";
import { type Rendered, renderLines } from "../render/render-entry.ts";
import { isSame } from "./is-same.ts";

interface CheckContext {
  /** The tenant that it comes from; undefined when nobody can ask it. */
  readonly live: LiveTenant | undefined;
  /** Where files are written first. */
  readonly draft: string;
  readonly environment: Environment;
  /** The project's name. */
  readonly owner: string;
}

export type Checked =
  | { readonly kind: "same" }
  /** Members that a plan would change. */
  | { readonly kind: "differs"; readonly paths: readonly Path[] }
  | { readonly kind: "refused"; readonly reason: string };

/** Writes an entry by itself, reads it with the project's own reader, and plans it. */
export async function tryEntry(entry: Entry, rendered: Rendered, context: CheckContext): Promise<Checked> {
  await writeFiles(context.draft, rendered.files);
  const misreading = await findMisreading(entry, rendered, context);
  if (misreading !== undefined) return { kind: "refused", reason: misreading };
  return context.live === undefined ? { kind: "same" } : planEntry(entry, context.live, context.owner);
}

async function writeFiles(directory: string, files: Rendered["files"]): Promise<void> {
  for (const [file, text] of files) {
    const target = join(directory, file);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}

/** Undefined when it is read as what it is. */
async function findMisreading(
  entry: Entry,
  rendered: Rendered,
  { draft, environment }: CheckContext,
): Promise<string | undefined> {
  // A keyword of an export may stand for anything, which is known only where it has a value.
  if (listLeaves(entry.value).some(({ value }) => typeof value === "string" && findMarkers(value).length > 0))
    return undefined;
  const { text } = insertEntries("", [renderLines(entry, rendered)]);
  try {
    const file = parseTenant(text, join(draft, "tenant.yaml"));
    const { document } = await resolveKnownTenant(file, environment);
    return isSame(valueAt(document, pathIn(entry, [])), entry.value) ? undefined : "its text is read as something else";
  } catch (error) {
    if (error instanceof CommandError) return firstLines(error.message);
    throw error;
  }
}

function planEntry(entry: Entry, live: LiveTenant, owner: string): Checked {
  const { kind } = entry;
  const { document } = desireDocument(toDocument(entry));
  const actions = (document.actions ?? []).map((action) =>
    desireAction(action, { code: action.code, file: action.name, form: "as it is" }),
  );
  try {
    const changes = kind.plan(desireDocument(document, { owner, actions }), live[kind.type], live);
    if (changes.length === 0) return { kind: "same" };
    const fields = changes.flatMap((change) => (change.operation === "update" ? change.fields : []));
    if (fields.length > 0)
      return { kind: "differs", paths: [...new Set(fields.map(({ path }) => firstName(path)))].map((name) => [name]) };
    return { kind: "refused", reason: `a plan would ${changes[0]?.operation} ${labelOf(entry)}` };
  } catch (error) {
    if (error instanceof CommandError) return { kind: "refused", reason: firstLines(error.message) };
    throw error;
  }
}

/** Of a path that a plan shows: `options` of `options.scripts.login`. */
export const firstName = (path: string): string => /^[^.[]+/.exec(path)?.[0] ?? path;

const firstLines = (message: string): string => message.split("\n").slice(0, 2).join(" ").trim();
