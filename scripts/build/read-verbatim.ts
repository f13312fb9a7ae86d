import { extname } from "node:path";
import { renderOutput, toFolderName } from "../tenant/action-code.ts";
import type { Bundle, BundleResult, Refused } from "./bundle.ts";
import { createLocate, listHandlerNames } from "./compile.ts";
import { runBuild } from "./compiler.ts";
import { type Import, leaveOutside, listImported } from "./imports.ts";
import { listCompileErrors } from "./list-compile-errors.ts";

/** What the Deploy CLI would send as it is, and Auth0 cannot run. */
const NEEDS_BUILDING = new Set([".ts", ".mts", ".cts", ".tsx", ".jsx"]);

/**
 * An Action's code that is sent byte for byte, looked at as far as that is possible: it may be anybody's, and older than this
 * project.
 *
 * @param file from the tenant file's folder
 * @param code what the file says, with its keywords filled
 */
export async function readVerbatim(name: string, file: string, code: string): Promise<BundleResult> {
  if (file === ".") {
    return refuse(
      "ACTION_CODE_PATH",
      `The code of ${name} names no file. Write ${renderOutput(toFolderName(name))}, or a file.`,
    );
  }
  const haveBuilt = (extension: string): string => {
    const folder = toFolderName(name);
    return `have it built: move it to actions/${folder}/action${extension} and write ${renderOutput(folder)}.`;
  };
  if (NEEDS_BUILDING.has(extname(file))) {
    return refuse(
      "ACTION_CODE_PATH",
      `${file} is not JavaScript. Auth0 would be sent it as it is: ${haveBuilt(".ts")}`,
    );
  }
  const looked = await lookAt(file, code);
  if (looked.isModule) {
    const message = `${file} is an ES module, which Auth0 does not load. Write it with exports and require(), or ${haveBuilt(".js")}`;
    return { kind: "refused", problems: [{ code: "ACTION_NOT_COMMONJS", message, place: file }] };
  }
  const { broken, folded, imports } = looked;
  const locate: Bundle["locate"] = (index) => `${file}:${code.slice(0, index).split("\n").length}`;
  const found = { source: file, inputs: [file], imports, folded, broken };
  return {
    kind: "bundled",
    bundle: { ...found, code, locate, form: "as it is", usesGrants: false, usesBilling: false },
  };
}

type Looked = Pick<Bundle, "broken" | "folded" | "imports"> & { readonly isModule: boolean };

async function lookAt(file: string, code: string): Promise<Looked> {
  try {
    return { ...(await listImports(file, code)), folded: await fold(file, code), broken: [] };
  } catch (failure) {
    const folded = { code: "", locate: () => file, exports: [] };
    return { isModule: false, imports: [], folded, broken: listCompileErrors(failure, file) };
  }
}

const refuse = (code: "ACTION_CODE_PATH", message: string): Refused => ({
  kind: "refused",
  problems: [{ code, field: "code", message }],
});

const input = (file: string, code: string) => ({ contents: code, sourcefile: file, loader: "js" as const });

async function listImports(
  file: string,
  code: string,
): Promise<{ readonly imports: readonly Import[]; readonly isModule: boolean }> {
  const result = await runBuild({
    stdin: input(file, code),
    bundle: true,
    write: false,
    metafile: true,
    format: "cjs",
    platform: "node",
    logLevel: "silent",
    plugins: [
      {
        name: "nothing-is-followed",
        setup: (plugins) =>
          plugins.onResolve({ filter: /./ }, ({ path, kind }) =>
            kind === "entry-point" ? undefined : leaveOutside(path),
          ),
      },
    ],
  });
  const [read] = Object.values(result.metafile.inputs);
  // Beside `exports`, esbuild takes an import for another way to write require.
  const isModule = read?.format === "esm" || read?.imports.some(({ kind }) => kind === "import-statement") === true;
  return { imports: listImported(result.warnings), isModule };
}

async function fold(file: string, code: string) {
  const result = await runBuild({
    stdin: input(file, code),
    bundle: false,
    write: false,
    minifySyntax: true,
    sourcemap: "external",
    outfile: "folded.js",
    logLevel: "silent",
  });
  const textOf = (end: string) => result.outputFiles.find(({ path }) => path.endsWith(end))?.text ?? "";
  const folded = textOf(".js");
  return {
    code: folded,
    locate: createLocate(folded, textOf(".map"), file),
    exports: listHandlerNames(code),
  };
}
