import { SourceMap } from "node:module";
import type { BuildOptions, Plugin } from "esbuild";
import { type Billing, NO_BILLING, renderBilling } from "./billing.ts";
import { runBuild } from "./compiler.ts";
import { type Grants, renderGrants } from "./grants.ts";
import { type Import, leaveOutside, listImported } from "./imports.ts";

/** Code with the way back to its sources. */
export interface MappedCode {
  readonly code: string;
  /** `actions/<name>/action.ts:7` for an index into the code. */
  readonly locate: (index: number) => string;
}

export interface Compiled extends MappedCode {
  /** What the source exports; of CommonJS all that could be a handler by its name: what is, only a run can say. */
  readonly exports: readonly string[];
  /** Written with `exports`, as in Auth0's editor. */
  readonly isCommonJs: boolean;
  readonly imports: readonly Import[];
  /** JSON. */
  readonly sourceMap: string;
  /** Files that it is made from, from the project's folder. */
  readonly inputs: readonly string[];
  readonly usesGrants: boolean;
  readonly usesBilling: boolean;
}

interface DeployedForm {
  readonly kind: "deployed";
  /** What the folded form was found to be. */
  readonly folded: Pick<Compiled, "exports" | "isCommonJs">;
  readonly minify: boolean;
}

export type Form = { readonly kind: "folded" } | DeployedForm;

interface CompileOptions {
  readonly directory: string;
  /** From the directory, with slashes. */
  readonly source: string;
  /** esbuild's name of the runtime: `node22`. */
  readonly target: string;
  readonly compiledIn: CompiledIn;
  readonly form: Form;
}

/** What modules of the tenant's own are made from. */
export interface CompiledIn {
  readonly grants: Grants | undefined;
  readonly billing: Billing | undefined;
}

/** @throws {BuildFailure} esbuild's, whose errors have their places. */
export async function compileAction({
  directory,
  source,
  target,
  compiledIn,
  form,
}: CompileOptions): Promise<Compiled> {
  const result = await runBuild({
    ...(form.kind === "folded" ? foldedForm(source) : deployedForm(directory, source, form)),
    absWorkingDir: directory,
    outfile: "bundle.js",
    write: false,
    bundle: true,
    metafile: true,
    platform: "node",
    target,
    // The platform compiles the code as a function body, where import() has no loader: it becomes a lazy require().
    supported: { "dynamic-import": false },
    // What was pasted from Auth0's editor runs there as it stands, not in strict mode.
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, alwaysStrict: !isFromCommonJs(form) } },
    sourcemap: "external",
    sourcesContent: false,
    logLevel: "silent",
    plugins: [platformModules(compiledIn)],
  });
  const code = result.outputFiles.find(({ path }) => path.endsWith(".js"))?.text ?? "";
  const map = result.outputFiles.find(({ path }) => path.endsWith(".map"))?.text ?? "{}";
  const isCommonJs = result.metafile.inputs[source]?.format === "cjs";
  return {
    code,
    locate: createLocate(code, map, source),
    exports: isCommonJs
      ? listHandlerNames(code)
      : Object.values(result.metafile.outputs).flatMap((output) => output.exports),
    isCommonJs,
    imports: listImported(result.warnings),
    sourceMap: map,
    inputs: Object.keys(result.metafile.inputs),
    usesGrants: `${TENANT_NAMESPACE}:grants` in result.metafile.inputs,
    usesBilling: `${TENANT_NAMESPACE}:billing` in result.metafile.inputs,
  };
}

const isFromCommonJs = (form: Form): boolean => form.kind === "deployed" && form.folded.isCommonJs;

/** As an ES module, because esbuild lists what those export. */
const foldedForm = (source: string): BuildOptions => ({ entryPoints: [source], format: "esm", minifySyntax: true });

/**
 * The exports are set one by one: esbuild's own way from an ES module to CommonJS puts a kilobyte of helpers in front,
 * which an operator would read first.
 */
function deployedForm(directory: string, source: string, { folded, minify }: DeployedForm): BuildOptions {
  const banner = `// Built from ${source}. Change that file, not this one: the next deploy overwrites it.`;
  const common: BuildOptions = { format: "cjs", minify, banner: { js: banner } };
  if (folded.isCommonJs) return { ...common, entryPoints: [source] };
  const identifiers = folded.exports.filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
  const lines = identifiers.map((name, index) => [
    `import { ${name} as export${index} } from "./${source}";`,
    `exports.${name} = export${index};`,
  ]);
  return {
    ...common,
    stdin: { contents: lines.flat().join("\n"), sourcefile: "exports", resolveDir: directory },
  };
}

export const listHandlerNames = (code: string): readonly string[] => [
  ...new Set(code.match(/\bon(?:Execute|Continue)\w+/g)),
];

const TENANT_NAMESPACE = "tenant";

/** Packages stay outside, each reported with its place as a warning; `tenant:…` is made from the tenant file and stripe.json. */
function platformModules({ grants, billing }: CompiledIn): Plugin {
  // An Action whose API is unknown gets empty lists, so that its other findings come up in the same run.
  const own: Readonly<Record<string, () => string>> = {
    grants: () => renderGrants(grants ?? { apiScopes: [], roleScopes: {} }),
    billing: () => renderBilling(billing ?? NO_BILLING),
  };
  return {
    name: "platform-modules",
    setup(pluginBuild) {
      pluginBuild.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
        if (kind === "entry-point") return undefined;
        const name = path.startsWith(`${TENANT_NAMESPACE}:`) ? path.slice(TENANT_NAMESPACE.length + 1) : "";
        if (Object.hasOwn(own, name)) return { path: name, namespace: TENANT_NAMESPACE };
        return leaveOutside(path);
      });
      pluginBuild.onLoad({ filter: /./, namespace: TENANT_NAMESPACE }, ({ path }) => ({
        contents: own[path]?.() ?? "",
      }));
    },
  };
}

/** @param mapText a source map's JSON, read when somebody asks for a place */
export function createLocate(code: string, mapText: string, source: string): MappedCode["locate"] {
  let map: SourceMap | undefined;
  return (index) => {
    map ??= new SourceMap(JSON.parse(mapText));
    const before = code.slice(0, index).split("\n");
    const entry = map.findEntry(before.length - 1, before.at(-1)?.length ?? 0);
    return "originalSource" in entry ? `${entry.originalSource}:${entry.originalLine + 1}` : source;
  };
}
