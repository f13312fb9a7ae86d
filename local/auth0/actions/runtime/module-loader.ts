import Module, { createRequire, isBuiltin } from "node:module";
import { join } from "node:path";
import { createFindPackage, type PackageVersion } from "../packages/package-folders.ts";
import {
  createRefusedModule,
  isAllowedBuiltIn,
  isRefusedInUse,
  ModuleRefusedError,
  refuseBuiltIn,
} from "./built-in-modules.ts";

export type Require = (request: string) => unknown;

/** With the members of Node's own, which Auth0's `require` has as well (`moduleLoader` in its package @auth0/actions). */
type ActionRequire = Require &
  Pick<NodeJS.Require, "cache" | "extensions" | "main"> & { resolve: (request: string) => string };

/**
 * From now on every CommonJS module of this thread, dependencies of dependencies included, is refused the built-in modules that are
 * not on the list, and given `process` as Actions see it.
 */
export function restrictBuiltIns(reducedProcess: object): void {
  const load: unknown = Reflect.get(Module, "_load");
  if (typeof load !== "function") throw new TypeError("This version of Node has no Module._load to restrict.");
  const refused = new Map<string, object>();
  const loadRefused = (request: string): object => {
    const known = refused.get(request);
    const stub = known ?? createRefusedModule(request, Reflect.apply(load, Module, [request]) as object);
    refused.set(request, stub);
    return stub;
  };
  const restricted = (request: string, ...rest: unknown[]): unknown => {
    if (isBuiltin(request)) {
      if (isRefusedInUse(request)) return loadRefused(request);
      if (!isAllowedBuiltIn(request)) throw refuseBuiltIn(request);
      if (/^(node:)?process$/.test(request)) return reducedProcess;
    }
    return Reflect.apply(load, Module, [request, ...rest]);
  };
  Reflect.set(Module, "_load", restricted);
}

/**
 * `require` for the code of one Action: declared dependencies at exactly their version, from the project in `directory` or a folder of
 * their own, and built-in modules. What it loads is loaded once a thread and shared, as packages are at Auth0.
 */
export function createActionRequire(
  directory: string,
  dependencies: readonly PackageVersion[],
  requireModule: Require,
): ActionRequire {
  const requireFrom = (folder: string) => createRequire(join(folder, "action.cjs"));
  const find = createFindPackage(directory);
  const findRequire = (request: string) => {
    if (isBuiltin(request)) return requireFrom(directory);
    const name = packageName(request);
    const declared = dependencies.find((dependency) => dependency.name === name);
    if (declared === undefined) {
      throw new ModuleRefusedError(
        request,
        `${name} is not among the dependencies that this version of the Action declares.`,
      );
    }
    const folder = find(declared);
    if (folder === undefined) {
      throw new ModuleRefusedError(
        request,
        `${name} ${declared.version} is not on this machine any more; "npm run build" installs it.`,
      );
    }
    return requireFrom(folder);
  };
  const load: Require = (request) => {
    if (typeof request !== "string" || request === "") {
      throw new TypeError(`The "id" argument must be a non-empty string. Received ${typeof request}`);
    }
    if (request.startsWith("actions:")) return requireModule(request.slice("actions:".length));
    return findRequire(request)(request);
  };
  const { cache, extensions, main } = requireFrom(directory);
  return Object.assign(load, {
    cache,
    extensions,
    main,
    resolve: (request: string) => findRequire(request).resolve(request),
  });
}

/** Paths lead nowhere: at Auth0 the code is one file. */
function packageName(request: string): string {
  if (/^(\.{0,2}\/|\.{1,2}$)/.test(request)) {
    throw new ModuleRefusedError(request, "An Action is a single file: bundle what it needs.");
  }
  return request
    .split("/")
    .slice(0, request.startsWith("@") ? 2 : 1)
    .join("/");
}
