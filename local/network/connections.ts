import net from "node:net";
import tls from "node:tls";
import type { Lookup } from "./host-map.ts";
import { HostNotMappedError } from "./host-not-mapped.ts";

type ConnectOptions = Partial<net.TcpNetConnectOpts> & { readonly path?: string | null | undefined };

/**
 * Every TCP and TLS connection of this thread, of `node:http(s)`, of `node:http2` and of the built-in `fetch` alike, ends
 * in `net.Socket.prototype.connect`. Only the address is exchanged there: server name, Host header and the name that the
 * certificate is checked for stay the public one.
 */
export function patchConnections(lookup: Lookup, refuseOthers: boolean): () => void {
  const connect = net.Socket.prototype.connect;

  function patched(this: net.Socket, ...args: unknown[]): net.Socket {
    const options = readOptions(args);
    const { host = "localhost", port } = options;
    // Node's HTTP agent says null for "not a socket in the file system".
    const mapped = options.path == null ? lookup.find(host, port) : undefined;
    if (mapped !== undefined) {
      const redirected = { ...options, host: mapped.host, port: mapped.port };
      return Reflect.apply(connect, this, replaceOptions(args, redirected));
    }
    if (!refuseOthers) return Reflect.apply(connect, this, args);
    const refusal = new HostNotMappedError(options.path ?? `${host}:${port}`);
    // As a failed connection reports itself: later, on the socket.
    process.nextTick(() => this.destroy(refusal));
    return this;
  }
  net.Socket.prototype.connect = patched as typeof connect;
  return () => {
    net.Socket.prototype.connect = connect;
  };
}

/** A mapped name is vouched for by its own authority and by no other. */
export function patchTrust(lookup: Lookup): () => void {
  const createSecureContext = tls.createSecureContext;
  tls.createSecureContext = (options: tls.SecureContextOptions & tls.ConnectionOptions = {}) => {
    const name = options.servername || options.host;
    const ca = name === undefined ? undefined : lookup.find(name, options.port)?.ca;
    return createSecureContext(ca === undefined ? options : { ...options, ca });
  };
  return () => {
    tls.createSecureContext = createSecureContext;
  };
}

/** Node hands itself the arguments as one array, `[options, callback]`; others call in any of the documented forms. */
function readOptions([first, second]: unknown[]): ConnectOptions {
  if (Array.isArray(first)) return readOptions(first);
  if (typeof first === "object" && first !== null) return first as ConnectOptions;
  if (typeof first === "string" && !/^\d+$/.test(first)) return { path: first };
  return { port: Number(first), ...(typeof second === "string" && { host: second }) };
}

function replaceOptions(args: unknown[], options: ConnectOptions): unknown[] {
  const [first] = args;
  if (Array.isArray(first)) {
    // The same array: a private mark on it says that it has been normalised.
    first[0] = options;
    return args;
  }
  const callback = args.find((argument) => typeof argument === "function");
  return callback === undefined ? [options] : [options, callback];
}
