import { compileFunction } from "node:vm";
import type { PackageVersion } from "../packages/package-folders.ts";
import { ModuleRefusedError } from "./built-in-modules.ts";
import { createActionRequire, type Require } from "./module-loader.ts";
import type { ActionSource, SourceModule } from "./protocol.ts";

/** A version of an Action in this thread. Its module-level variables live as long as the thread. */
export interface ActionInstance {
  /** `module.exports`. The code runs at the first call; if that throws, every call throws the same error. */
  load(): unknown;
}

/** As the Action's code is called in stack traces. */
export const fileNameOf = ({ actionName }: Pick<ActionSource, "actionName">): string => `${actionName}.js`;

export function createActionInstance(
  source: ActionSource,
  { directory, console }: { readonly directory: string; readonly console: Console },
): ActionInstance {
  const compile = (code: Code, requireModule: Require) =>
    runCommonJs(code, { console, require: createActionRequire(directory, code.dependencies, requireModule) });
  const modules = new Map<string, () => unknown>(
    source.modules.map((module) => [
      module.name,
      once(() => compile({ ...module, filename: `actions:${module.name}`, actions: secretsOf(module) }, refuseNested)),
    ]),
  );
  const requireModule: Require = (name) => {
    const load = modules.get(name);
    if (load === undefined) {
      throw new ModuleRefusedError(
        `actions:${name}`,
        "This version of the Action does not include that Actions Module.",
      );
    }
    return load();
  };
  return { load: once(() => compile({ ...source, filename: fileNameOf(source) }, requireModule)) };
}

interface Code {
  readonly filename: string;
  readonly code: string;
  readonly dependencies: readonly PackageVersion[];
  /** The pseudo-global of Actions Modules. */
  readonly actions?: object;
}

const secretsOf = ({ secrets }: SourceModule) => ({ secrets: { ...secrets } });

const refuseNested: Require = (name) => {
  throw new ModuleRefusedError(`actions:${name}`, "An Actions Module cannot require another one.");
};

/** Node's own wrapper, with the platform's console in it. Compiled at run time: broken syntax is an error of the execution. */
function runCommonJs(code: Code, given: { readonly console: Console; readonly require: Require }): unknown {
  const module: { exports: unknown } = { exports: {} };
  const scope = { module, exports: module.exports, ...given, ...(code.actions && { actions: code.actions }) };
  // Behind a line end: Auth0 puts the code into a function, where a line for a shell (`#!`) is not JavaScript.
  const run = compileFunction(`\n${code.code}`, Object.keys(scope), { filename: code.filename, lineOffset: -1 });
  Reflect.apply(run, module.exports, Object.values(scope));
  return module.exports;
}

function once(load: () => unknown): () => unknown {
  let outcome: { readonly value: unknown } | { readonly error: unknown } | undefined;
  return () => {
    outcome ??= attempt(load);
    if ("error" in outcome) throw outcome.error;
    return outcome.value;
  };
}

function attempt(load: () => unknown): { readonly value: unknown } | { readonly error: unknown } {
  try {
    return { value: load() };
  } catch (error) {
    return { error };
  }
}
