/**
 * What an Action and its dependencies may require of Node and use. Left out is what starts or inspects processes and threads, loads
 * code by other ways, or listens. `fs` can read its dependencies and nothing else: Node's permission model refuses the rest.
 */
const ALLOWED = new Set(
  `assert assert/strict async_hooks buffer console constants crypto diagnostics_channel dns dns/promises events fs fs/promises
   http http2 https net os path path/posix path/win32 perf_hooks process punycode querystring readline readline/promises stream stream/consumers
   stream/promises stream/web string_decoder sys timers timers/promises tls tty url util util/types zlib`.split(/\s+/),
);

export function isAllowedBuiltIn(request: string): boolean {
  return ALLOWED.has(request.replace(/^node:/, ""));
}

/** As Node reports a module that is not there. */
export class ModuleRefusedError extends Error {
  readonly code = "MODULE_NOT_FOUND";
  /** What to do about it, for the tenant's log: the message is what Auth0 would say. */
  readonly hint: string;

  constructor(request: string, hint: string) {
    super(`Cannot find module '${request}'`);
    this.hint = hint;
  }
}

/**
 * What is required most in vain: libraries load these when they are loaded themselves, and use them in cases that never come up. They
 * load here as well; what starts a process or a thread, or loads code, is refused when it is called.
 */
const REFUSED_IN_USE = new Set(
  `child_process cluster dgram domain inspector inspector/promises module v8 vm worker_threads`.split(" "),
);

export const isRefusedInUse = (request: string): boolean => REFUSED_IN_USE.has(request.replace(/^node:/, ""));

class UseRefusedError extends Error {
  readonly code = "ERR_ACCESS_DENIED";
  readonly hint: string;

  constructor(use: string) {
    super(`${use} is not available to Actions.`);
    this.hint = `An Action, or a package of its, called ${use}: here it can be loaded, and not be used.`;
  }
}

/** Of the shape of the module; nothing in it works, and nothing of the thread that runs Actions is in it. */
export function createRefusedModule(request: string, real: object): object {
  const name = request.replace(/^node:/, "");
  const members = Object.entries(real).map(([key, member]) => [key, refuseMember(`${name}.${key}`, member)] as const);
  const stub: object = typeof real === "function" ? refuseFunction(name) : Object.create(null);
  return Object.assign(stub, Object.fromEntries(members));
}

function refuseMember(use: string, member: unknown): unknown {
  if (typeof member === "function") return refuseFunction(use);
  if (Array.isArray(member)) return [...member];
  // `workerData` and `parentPort` are how the tenant speaks to the thread.
  return typeof member === "object" ? null : member;
}

/** Can be extended and compared with, as `class X extends Worker` does when it is loaded. */
function refuseFunction(use: string): object {
  return function refused(): never {
    throw new UseRefusedError(use);
  };
}

export function refuseBuiltIn(request: string): ModuleRefusedError {
  return new ModuleRefusedError(
    request,
    `Node's module ${request} is not on the list of those that Actions may use here.`,
  );
}
