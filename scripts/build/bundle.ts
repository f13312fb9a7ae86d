import type { BuildFindingCode } from "../error-codes.ts";
import type { TenantAction } from "../tenant/document.ts";
import { chooseSource } from "./choose-source.ts";
import { type Compiled, type CompiledIn, compileAction, type Form, type MappedCode } from "./compile.ts";
import type { Import } from "./imports.ts";
import { LIMITS, OLDEST_TARGET, RUNTIMES } from "./limits.ts";
import { listCompileErrors } from "./list-compile-errors.ts";

/** The code of an Action that is sent, and what the checks look at. */
export interface Bundle extends MappedCode {
  /** Minified: the readable form was too long (bundleAction). As it is: a file that is sent byte for byte. */
  readonly form: "readable" | "minified" | "as it is";
  /** What a person changes: `actions/guard/action.ts`. */
  readonly source: string;
  /** Packages that stay outside the bundle: the platform installs them. */
  readonly imports: readonly Import[];
  /** Files that it is made from, from the project's folder; a change of one of them makes another bundle. */
  readonly inputs: readonly string[];
  readonly usesGrants: boolean;
  readonly usesBilling: boolean;
  /**
   * The same program with constants and texts folded, so that a check finds `setCustomClaim(NAME, …)` as well. It is
   * looked at, never deployed.
   */
  readonly folded: MappedCode & { readonly exports: readonly string[] };
  /** JSON; undefined of a file that is sent as it is. */
  readonly sourceMap?: string;
  /** What does not parse in a file that is sent as it is: Auth0 takes it, and fails when it runs. */
  readonly broken: readonly SourceProblem[];
}

/** Why there is no code that could be sent. */
export interface Refused {
  readonly kind: "refused";
  readonly problems: readonly SourceProblem[];
}

interface SourceProblem {
  readonly code: BuildFindingCode;
  readonly message: string;
  /** Where it is; in tenant.yaml if nothing is said, at this field of the Action. */
  readonly place?: string;
  readonly field?: "name" | "code";
}

export type BundleResult = { readonly kind: "bundled"; readonly bundle: Bundle } | Refused;

/**
 * One CommonJS file of an Action's folder, as the platform wants it. The same input gives the same bytes, wherever it is built:
 * paths are taken from the project's folder, and neither the environment nor a tsconfig is read.
 *
 * Operators read an Action in Auth0's editor and a plan shows it as a diff, so it stays readable where that fits into
 * limits.readableBytes; a longer one is minified.
 */
export async function bundleAction(
  directory: string,
  action: TenantAction,
  folder: string,
  compiledIn: CompiledIn,
): Promise<BundleResult> {
  const found = await chooseSource(directory, action.name, folder);
  if (found.kind === "refused") return found;
  const { source } = found;
  const target = RUNTIMES.get(action.runtime ?? "") ?? OLDEST_TARGET;
  const compile = (form: Form): Promise<Compiled> => compileAction({ directory, source, target, compiledIn, form });
  try {
    const folded = await compile({ kind: "folded" });
    const readable = await compile({ kind: "deployed", folded, minify: false });
    const isLong = Buffer.byteLength(readable.code) > LIMITS.readableBytes;
    const deployed = isLong ? await compile({ kind: "deployed", folded, minify: true }) : readable;
    const { code, locate, imports, inputs, sourceMap, usesGrants, usesBilling } = deployed;
    const form = isLong ? "minified" : "readable";
    return {
      kind: "bundled",
      bundle: { code, locate, imports, inputs, sourceMap, usesGrants, usesBilling, form, source, folded, broken: [] },
    };
  } catch (failure) {
    return { kind: "refused", problems: listCompileErrors(failure, source) };
  }
}
