/**
 * What an Action and its dependencies may require of Node. Left out is what starts or inspects processes and threads, loads
 * code by other ways, or listens (`child_process`, `cluster`, `inspector`, `module`, `repl`, `vm`, `worker_threads`, …). `fs` can
 * read its dependencies and nothing else: Node's permission model refuses the rest.
 */
const ALLOWED = new Set(
  `assert assert/strict async_hooks buffer console constants crypto diagnostics_channel dns dns/promises events fs fs/promises
   http http2 https net os path path/posix path/win32 perf_hooks process punycode querystring stream stream/consumers
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

export function refuseBuiltIn(request: string): ModuleRefusedError {
  return new ModuleRefusedError(
    request,
    `Node's module ${request} is not on the list of those that Actions may use here.`,
  );
}
