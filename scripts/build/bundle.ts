import { access } from "node:fs/promises";
import { isBuiltin, SourceMap } from "node:module";
import { join } from "node:path";
import { build, type Message, type Plugin } from "esbuild";
import type { TenantAction } from "../tenant/document.ts";
import { isMapping } from "../tenant/shape.ts";
import { type Grants, renderGrants } from "./grants.ts";
import { runtimes } from "./limits.ts";

/** Code with the way back to its sources. */
export interface MappedCode {
  readonly code: string;
  /** `actions/<name>/action.ts:7` for an index into the code. */
  readonly locate: (index: number) => string;
}

export interface Import {
  /** As written: `stripe/lib/resources`. */
  readonly specifier: string;
  /** The package that it is part of: `stripe`. */
  readonly packageName: string;
  readonly place: string;
}

export interface Bundle extends MappedCode {
  /** Packages that stay outside the bundle: the platform installs them. */
  readonly imports: readonly Import[];
  readonly usesGrants: boolean;
  /**
   * The same program with constants and texts folded, so that a check finds `setCustomClaim(NAME, …)` as well. It is
   * looked at, never deployed.
   */
  readonly folded: MappedCode;
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
 */
export async function readBundle(
  directory: string,
  action: TenantAction,
  grants: Grants | undefined,
): Promise<BundleResult> {
  const source = sourceOf(action);
  const isThere = () =>
    access(join(directory, source)).then(
      () => true,
      () => false,
    );
  if (!isFolderName(action.name) || !(await isThere())) return { kind: "missing" };
  try {
    const [deployed, folded] = await Promise.all([
      compile({ directory, action, grants, fold: false }),
      compile({ directory, action, grants, fold: true }),
    ]);
    return { kind: "bundled", bundle: { ...deployed, folded } };
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

interface CompileOptions {
  readonly directory: string;
  readonly action: TenantAction;
  readonly grants: Grants | undefined;
  readonly fold: boolean;
}

async function compile({ directory, action, grants, fold }: CompileOptions): Promise<Omit<Bundle, "folded">> {
  const source = sourceOf(action);
  const result = await build({
    entryPoints: [source],
    absWorkingDir: directory,
    outfile: "bundle.js",
    write: false,
    bundle: true,
    metafile: true,
    platform: "node",
    format: "cjs",
    target: runtimes.get(action.runtime ?? "") ?? "node22",
    // The platform compiles the code as a function body, where import() has no loader: it becomes a lazy require().
    supported: { "dynamic-import": false },
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, alwaysStrict: true } },
    banner: { js: `// Built from ${source}. Change that file, not this one: the next deploy overwrites it.` },
    minifySyntax: fold,
    sourcemap: "external",
    sourcesContent: false,
    logLevel: "silent",
    plugins: [platformModules(grants)],
  });
  const code = result.outputFiles.find(({ path }) => path.endsWith(".js"))?.text ?? "";
  const map = result.outputFiles.find(({ path }) => path.endsWith(".map"))?.text ?? "{}";
  return {
    code,
    locate: locateIn(code, map, source),
    imports: result.warnings.flatMap(({ detail, location }) =>
      typeof detail === "string"
        ? [{ specifier: detail, packageName: packageOf(detail), place: `${location?.file}:${location?.line}` }]
        : [],
    ),
    usesGrants: Object.keys(result.metafile.inputs).some((input) => input.startsWith(`${grantsNamespace}:`)),
  };
}

const grantsModule = "tenant:grants";
const grantsNamespace = "tenant";

/** Packages stay outside, each reported with its place as a warning; `tenant:grants` is made from the tenant file. */
function platformModules(grants: Grants | undefined): Plugin {
  return {
    name: "platform-modules",
    setup(pluginBuild) {
      pluginBuild.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
        if (kind === "entry-point") return undefined;
        if (path === grantsModule) return { path: "grants", namespace: grantsNamespace };
        if (isBuiltin(path)) return { path, external: true };
        return { path, external: true, warnings: [{ text: "a package", detail: path }] };
      });
      pluginBuild.onLoad({ filter: /^grants$/, namespace: grantsNamespace }, () => ({
        // An Action whose API is unknown gets empty lists, so that its other findings come up in the same run.
        contents: renderGrants(grants ?? { apiScopes: [], roleScopes: {} }),
      }));
    },
  };
}

const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

function locateIn(code: string, mapText: string, source: string): MappedCode["locate"] {
  let map: SourceMap | undefined;
  return (index) => {
    map ??= new SourceMap(JSON.parse(mapText));
    const before = code.slice(0, index).split("\n");
    const entry = map.findEntry(before.length - 1, before.at(-1)?.length ?? 0);
    return "originalSource" in entry ? `${entry.originalSource}:${entry.originalLine + 1}` : source;
  };
}

function findProblems(failure: unknown): readonly Message[] {
  return isMapping(failure) && Array.isArray(failure.errors) ? failure.errors : [];
}
