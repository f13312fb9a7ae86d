import { createSocket } from "node:dgram";
import dns from "node:dns";
import { mkdtempSync, rmSync } from "node:fs";
import { get as httpGet } from "node:http";
import { get as httpsGet } from "node:https";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { buildSync } from "esbuild";
import { ensureHostsAuthority } from "../../../local/http/certificate-authority.ts";
import { type Listener, listen } from "../../../local/http/listen.ts";
import { mapHosts } from "../../../local/network/map-hosts.ts";

// A name a test: the built-in fetch keeps connections by name, and one that is open is not made anew.
const names = Array.from({ length: 60 }, (_, index) => `api${index}.example.com`);
let name: string;
let directory: string;
let ca: string;
let otherCa: string;
let server: Listener;
let plainServer: Listener;
let restore = () => {};

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "map-hosts-"));
  const authority = await ensureHostsAuthority(join(directory, "ours"));
  ca = authority.ca;
  otherCa = (await ensureHostsAuthority(join(directory, "theirs"))).ca;
  const app = {
    fetch: (request: Request) => new Response(`${request.headers.get("host")} ${new URL(request.url).pathname}`),
  };
  server = await listen(app, { tls: await authority.issue("server", names) });
  plainServer = await listen(app);
});

beforeEach(() => {
  name = names.pop()!;
});

afterEach(() => restore());

afterAll(async () => {
  await Promise.all([server.close(), plainServer.close()]);
  rmSync(directory, { recursive: true });
});

const map = (hosts: Parameters<typeof mapHosts>[0], refuseOthers = true) => {
  restore = mapHosts(hosts, { refuseOthers });
};
const mapped = () => ({ host: "127.0.0.1", port: server.port, ca });

const readVia = (get: typeof httpsGet | typeof httpGet, url: string) =>
  new Promise<string>((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      response.setEncoding("utf8").on("data", resolve);
    }).on("error", reject);
  });
const readByFetch = async (url: string) => (await fetch(url, { headers: { connection: "close" } })).text();

describe.each([
  ["node:https", (url: string) => readVia(httpsGet, url)],
  ["fetch", readByFetch],
])("through %s", (_client, read) => {
  test("a mapped name is reached on its loopback port, under its own name", async () => {
    map({ [name]: mapped() });
    await expect(read(`https://${name}/path`)).resolves.toBe(`${name} /path`);
  });

  test("the name compares without case and final dot", async () => {
    map({ [`${name.toUpperCase()}.`]: mapped() });
    await expect(read(`https://${name}/`)).resolves.toBe(`${name} /`);
  });

  test.each([
    ["another name", "https://example.org/", "example.org:443"],
    ["a name below the mapped one", "https://sub.api.example.com/", "sub.api.example.com:443"],
    ["another port of the mapped name", "https://api.example.com:8443/", "api.example.com:8443"],
    ["an address", "https://192.0.2.1/", "192.0.2.1:443"],
    ["a loopback port", "https://127.0.0.1:9999/", "127.0.0.1:9999"],
  ])("%s is refused by name", async (_case, url, target) => {
    map({ "api.example.com": mapped() });
    const failure = await read(url).catch((error: Error) => error.cause ?? error);
    // Jest's own realm hides the error's class from fetch, which then keeps the text only; the worker below sees the code.
    expect(failure).toMatchObject({ message: expect.stringContaining(`No connection to ${target}: `) });
  });

  test("a certificate of another authority is refused", async () => {
    map({ [name]: { ...mapped(), ca: otherCa } });
    const failure = await read(`https://${name}/`).catch((error: Error) => error.cause ?? error);
    expect(failure).toMatchObject({ code: expect.stringMatching(/UNABLE_TO_VERIFY|SELF_SIGNED|SIGNATURE/) });
  });

  test("a certificate for another name is refused", async () => {
    map({ "other.example.com": mapped() });
    const failure = await read("https://other.example.com/").catch((error: Error) => error.cause ?? error);
    expect(failure).toMatchObject({ code: "ERR_TLS_CERT_ALTNAME_INVALID" });
  });

  test("without the map's authority the certificate is not trusted", async () => {
    map({ [name]: { host: "127.0.0.1", port: server.port } });
    await expect(read(`https://${name}/`)).rejects.toThrow();
  });
});

test("another port is mapped by writing it into the name, plain HTTP included", async () => {
  map({ [`${name}:80`]: { host: "127.0.0.1", port: plainServer.port } });
  await expect(readVia(httpGet, `http://${name}/x`)).resolves.toBe(`${name} /x`);
  await expect(readVia(httpsGet, `https://${name}/`)).rejects.toThrow(/mapped/);
});

test.each([
  ["port and host", () => net.connect(80, name)],
  ["options", () => net.connect({ port: 80, host: name })],
  ["a socket of one's own", () => new net.Socket().connect({ port: 80, host: name })],
  ["a socket of one's own, port and host", () => new net.Socket().connect(80, name)],
])("a socket connected by %s is mapped", async (_case, connect) => {
  map({ [`${name}:80`]: { host: "127.0.0.1", port: plainServer.port } });
  const socket = connect();
  await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  expect(socket.remotePort).toBe(plainServer.port);
  socket.destroy();
});

test.each([
  ["a port alone", () => net.connect(9), "localhost:9"],
  ["a socket in the file system", () => net.connect("/run/example.sock"), "/run/example.sock"],
  ["the same on a socket of one's own", () => new net.Socket().connect("/run/example.sock"), "/run/example.sock"],
])("%s is refused", async (_case, connect, target) => {
  map({ [name]: mapped() });
  const failure = await new Promise((resolve) => connect().once("error", resolve));
  expect(failure).toMatchObject({ name: "HostNotMappedError", code: "HOST_NOT_MAPPED", target });
});

test("a look-up gives the loopback address of a mapped name", async () => {
  map({ [name]: mapped() });
  await expect(promisify(dns.lookup)(name)).resolves.toMatchObject({ address: "127.0.0.1" });
  await expect(dns.promises.lookup(name)).resolves.toMatchObject({ address: "127.0.0.1" });
});

test.each([
  ["dns.lookup", () => promisify(dns.lookup)("example.org")],
  ["dns.promises.lookup", () => dns.promises.lookup("example.org")],
  ["dns.resolve4", async () => dns.resolve4("example.org", () => {})],
  ["dns.promises.resolveTxt", async () => dns.promises.resolveTxt("example.org")],
  ["a resolver of one's own", async () => new dns.Resolver().resolve4("example.org", () => {})],
])("%s of another name is refused", async (_case, lookUp) => {
  map({ [name]: mapped() });
  await expect(lookUp()).rejects.toMatchObject({ code: "HOST_NOT_MAPPED", target: "example.org" });
});

test("datagrams are refused", () => {
  map({ [name]: mapped() });
  const socket = createSocket("udp4");
  expect(() => socket.send("x", 53, "192.0.2.1")).toThrow(/mapped/);
  socket.close();
});

test("others are left alone when asked for", async () => {
  map({ [name]: mapped() }, false);
  await expect(readVia(httpGet, `http://127.0.0.1:${plainServer.port}/y`)).resolves.toMatch(/\/y$/);
  await expect(readVia(httpsGet, `https://${name}/`)).resolves.toBe(`${name} /`);
  await expect(dns.promises.lookup("127.0.0.1")).resolves.toMatchObject({ address: "127.0.0.1" });
  await expect(promisify(dns.lookup)("127.0.0.1")).resolves.toMatchObject({ address: "127.0.0.1" });
});

test("restoring undoes everything, once", async () => {
  const before = [net.Socket.prototype.connect, dns.lookup, dns.promises.resolve4];
  map({ [name]: mapped() });
  restore();
  restore();
  expect([net.Socket.prototype.connect, dns.lookup, dns.promises.resolve4]).toEqual(before);
  await expect(readByFetch(`http://127.0.0.1:${plainServer.port}/z`)).resolves.toMatch(/\/z$/);
});

test("a second map in the same thread is refused", () => {
  map({});
  expect(() => mapHosts({}, { refuseOthers: true })).toThrow(/already/);
});

test.each(["192.0.2.1", "api.example.org", "0.0.0.0"])("a map to %s is refused", (host) => {
  expect(() => mapHosts({ [name]: { host, port: 1 } }, { refuseOthers: true })).toThrow(/loopback/);
});

test("a worker thread maps for itself, also for built-in modules imported by name", async () => {
  const source = `
    import { lookup } from "node:dns/promises";
    import { createSecureContext } from "node:tls";
    import { parentPort, workerData } from "node:worker_threads";
    import { mapHosts } from ${JSON.stringify(join(import.meta.dirname, "../../../local/network/map-hosts.ts"))};
    mapHosts({ [workerData.name]: workerData.mapped }, { refuseOthers: true });
    const failure = await fetch("https://example.org/").catch((error) => error.cause.code);
    const { address } = await lookup(workerData.name);
    const body = await (await fetch("https://" + workerData.name + "/w")).text();
    parentPort.postMessage({ failure, address, body, patched: typeof createSecureContext });
  `;
  const built = buildSync({
    stdin: { contents: source, resolveDir: directory },
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
  });
  const code = encodeURIComponent(built.outputFiles[0]!.text);
  const worker = new Worker(new URL(`data:text/javascript,${code}`), { workerData: { name, mapped: mapped() } });
  const message = await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
  await worker.terminate();
  expect(message).toMatchObject({ failure: "HOST_NOT_MAPPED", address: "127.0.0.1", body: `${name} /w` });
});
