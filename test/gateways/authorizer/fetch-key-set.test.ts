import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline, Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "@jest/globals";
import { createFetchKeySet } from "../../../gateways/authorizer/keys/fetch-key-set.ts";

let server: Server;

async function serve(listener: RequestListener): Promise<() => Promise<unknown>> {
  server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return createFetchKeySet(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`));
}

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test("a key set is what the issuer answers, in however many pieces", async () => {
  const read = await serve(async (_, response) => {
    response.write('{"keys":[{"kid":"');
    await new Promise((resolve) => setTimeout(resolve, 20));
    // A letter of two bytes, cut in the middle.
    response.write(Buffer.from([0xc3]));
    await new Promise((resolve) => setTimeout(resolve, 20));
    response.end(Buffer.concat([Buffer.from([0xa9]), Buffer.from('"}]}')]));
  });
  expect(await read()).toEqual({ keys: [{ kid: "é" }] });
});

test("one without end and without a length is left where the limit is reached", async () => {
  const piece = Buffer.alloc(64 * 1024, " ");
  let written = 0;
  // 150 MB, as a set that grew beyond all bounds.
  const grow = function* () {
    for (; written < 150_000_000; written += piece.length) yield piece;
  };
  const read = await serve((_, response) => {
    pipeline(Readable.from(grow()), response, () => {});
  });
  await expect(read()).rejects.toThrow("The key set is too large.");
  expect(written).toBeLessThan(30_000_000);
});

test.each<[string, RequestListener, string]>([
  [
    "one whose length is named",
    (_, response) => response.writeHead(200, { "content-length": 2_000_000 }).flushHeaders(),
    "too large",
  ],
  [
    "one that is small only until it is unpacked",
    (_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(5_000_000, " "))),
    "too large",
  ],
  ["a failure", (_, response) => response.writeHead(503).end("{}"), "status 503"],
  ["a redirect", (_, response) => response.writeHead(302, { location: "/other" }).end(), "fetch failed"],
  ["no JSON", (_, response) => response.end("<html>"), "JSON"],
])("refused is %s", async (_what, listener, said) => {
  const read = await serve(listener);
  await expect(read()).rejects.toThrow(said);
});
