import { access } from "node:fs/promises";
import { join } from "node:path";
import type { Message } from "esbuild";
import type { TenantAction } from "../tenant/document.ts";
import { isMapping } from "../tenant/shape.ts";
import { type Compiled, type CompiledIn, compileAction, type Form, type Import, type MappedCode } from "./compile.ts";
import { LIMITS, RUNTIMES } from "./limits.ts";

export interface Bundle extends MappedCode {
  /** True when the readable form was too long; see readBundle. */
  readonly minified: boolean;
  /** Packages that stay outside the bundle: the platform installs them. */
  readonly imports: readonly Import[];
  readonly usesGrants: boolean;
  readonly usesBilling: boolean;
  /**
   * The same program with constants and texts folded, so that a check finds `setCustomClaim(NAME, …)` as well. It is
   * looked at, never deployed.
   */
  readonly folded: MappedCode & { readonly exports: readonly string[] };
}

export type BundleResult =
  | { readonly kind: "bundled"; readonly bundle: Bundle }
  | { readonly kind: "missing" }
  | { readonly kind: "failed"; readonly problems: readonly { place: string; text: string }[] };

/** An Action's name is its folder's name, so it must be one on every file system. */
export const isFolderName = (name: string): boolean => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);

/** Where an Action's source is: the folder has the Action's name. From the project's folder, with slashes. */
export const sourceOf = (action: TenantAction): string => `actions/${action.name}/action.ts`;

/** Where its bundle goes, which is what `code:` in the tenant file must say. */
export const outputOf = (action: TenantAction): string => `./dist/actions/${action.name}.js`;

/**
 * One CommonJS file, as the platform wants it. The same input gives the same bytes, wherever it is built: paths are taken
 * from the project's folder, and neither the environment nor a tsconfig is read.
 *
 * Operators read an Action in Auth0's editor and a plan shows it as a diff, so it stays readable where that fits into
 * limits.readableBytes; a longer one is minified.
 */
export async function readBundle(
  directory: string,
  action: TenantAction,
  compiledIn: CompiledIn,
): Promise<BundleResult> {
  const source = sourceOf(action);
  if (!isFolderName(action.name) || !(await isThere(join(directory, source)))) return { kind: "missing" };
  const target = RUNTIMES.get(action.runtime ?? "") ?? "node22";
  const compile = (form: Form): Promise<Compiled> => compileAction({ directory, source, target, compiledIn, form });
  try {
    const folded = await compile({ kind: "folded" });
    const readable = await compile({ kind: "deployed", exports: folded.exports, minify: false });
    const minified = Buffer.byteLength(readable.code) > LIMITS.readableBytes;
    const deployed = minified ? await compile({ kind: "deployed", exports: folded.exports, minify: true }) : readable;
    const { code, locate, imports, usesGrants, usesBilling } = deployed;
    return { kind: "bundled", bundle: { code, locate, imports, usesGrants, usesBilling, minified, folded } };
  } catch (failure) {
    const problems = findProblems(failure);
    if (problems.length === 0) throw failure;
    return {
      kind: "failed",
      problems: problems.map(({ text, location }) => ({
        text,
        place: location ? `${location.file}:${location.line}` : source,
      })),
    };
  }
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

function findProblems(failure: unknown): readonly Message[] {
  return isMapping(failure) && Array.isArray(failure.errors) ? failure.errors : [];
}
