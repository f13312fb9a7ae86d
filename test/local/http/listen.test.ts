import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ensureHostsAuthority } from "../../../local/http/certificate-authority.ts";
import { type ListenOptions, listen } from "../../../local/http/listen.ts";

const directory = mkdtempSync(join(tmpdir(), "listen-"));
let tls: ListenOptions["tls"];
beforeAll(async () => {
  tls = await (await ensureHostsAuthority(directory)).issue("local", ["localhost"]);
});
afterAll(() => rmSync(directory, { recursive: true }));

test("a connection stays open between two requests for longer than a busy machine takes", async () => {
  const server = await listen({ fetch: () => new Response("here") });
  const { headers } = await fetch(server.origin.replace("localhost", "127.0.0.1"));
  expect(headers.get("keep-alive")).toBe("timeout=65");
  await server.close();
});

test.each<[string, () => ListenOptions]>([
  ["plain", () => ({})],
  ["with TLS, before the handshake", () => ({ tls })],
  ["of both", () => ({ tls, alsoPlain: true })],
])("a server that closes cuts a connection that has said nothing yet: %s", async (_, options) => {
  const server = await listen({ fetch: () => new Response("here") }, options());
  const client = connect(server.port, "127.0.0.1");
  client.on("error", () => {});
  await once(client, "connect");
  const cut = once(client, "close");
  await server.close();
  await cut;
});
