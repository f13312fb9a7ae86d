import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline, Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "@jest/globals";
import { createFetchKeySet } from "../../../gateways/authorizer/keys/fetch-key-set.ts";

let server: Server | undefined;

async function serve(listener: RequestListener): Promise<() => Promise<unknown>> {
  const listening = createServer(listener).listen(0, "127.0.0.1");
  server = listening;
  await once(listening, "listening");
  return createFetchKeySet(new URL(`http://127.0.0.1:${(listening.address() as AddressInfo).port}/jwks.json`));
}

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
});

test("a key set is what the issuer answers, in however many pieces", async () => {
  // A letter of two bytes, cut in the middle.
  const pieces = [Buffer.from('{"keys":[{"kid":"'), Buffer.from([0xc3]), Buffer.from([0xa9]), Buffer.from('"}]}')];
  const read = createFetchKeySet(new URL("http://127.0.0.1/jwks.json"), {
    fetch: async () => new Response(ReadableStream.from(pieces)),
  });
  expect(await read()).toEqual({ keys: [{ kid: "é" }] });
});

test("an answer with nothing in it is refused", async () => {
  const url = new URL("http://127.0.0.1/jwks.json");
  const read = createFetchKeySet(url, { fetch: async () => new Response(null, { status: 200 }) });
  await expect(read()).rejects.toThrow("Unexpected end of JSON input");
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
