import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import express from "express";
import fastify from "fastify";
import { servePagesExpress } from "../../../gateways/middleware/pages-express.ts";
import { servePagesFastify } from "../../../gateways/middleware/pages-fastify.ts";
import type { Pages } from "../../../gateways/middleware/serve-pages.ts";

/** Says what reached it. */
const pages: Pages = {
  path: "/billing",
  fetch: async (request) =>
    new Response(`${request.method} ${new URL(request.url).pathname} ${await request.text()}`, {
      status: 201,
      headers: [
        ["set-cookie", "one=1"],
        ["set-cookie", "two=2"],
        ["content-security-policy", "default-src 'none'"],
      ],
    }),
};

const frameworks: Record<string, () => Promise<{ url: string; close(): unknown }>> = {
  Express: async () => {
    const app = express();
    app.use(servePagesExpress(pages));
    app.use(express.json(), (_request, response) => void response.send("the app"));
    return listen(createServer(app));
  },
  "Express below a path": async () => {
    const app = express();
    app.use("/billing", servePagesExpress(pages));
    app.use((_request, response) => void response.send("the app"));
    return listen(createServer(app));
  },
  Fastify: async () => {
    const app = fastify();
    app.addHook("onRequest", servePagesFastify(pages));
    app.all("/*", async () => "the app");
    return { url: await app.listen({ port: 0, host: "127.0.0.1" }), close: () => app.close() };
  },
};

async function listen(server: ReturnType<typeof createServer>) {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

describe.each(Object.keys(frameworks))("behind %s", (framework) => {
  let url: string;
  let close: () => unknown;
  beforeAll(async () => {
    ({ url, close } = await frameworks[framework]!());
  });
  afterAll(async () => {
    await close();
  });

  test.each([
    ["GET", "/billing", undefined],
    ["GET", "/billing/callback?code=1&state=2", undefined],
    ["POST", "/billing/checkout", "scope=get%3Areports"],
  ])("%s %s reaches the pages, with its body, and their headers the browser", async (method, path, body) => {
    const answer = await fetch(url + path, { method, ...(body !== undefined && { body }) });
    expect([answer.status, await answer.text()]).toEqual([201, `${method} ${path.split("?")[0]} ${body ?? ""}`]);
    expect([answer.headers.getSetCookie(), answer.headers.get("content-security-policy")]).toEqual([
      ["one=1", "two=2"],
      "default-src 'none'",
    ]);
  });

  test.each(["/", "/billings", "/users/billing", "/BILLING", "/billing%2Fmanage", "/?x=/billing"])(
    "%s is the app's own",
    async (path) => {
      const answer = await fetch(url + path);
      expect([answer.status, await answer.text()]).toEqual([200, "the app"]);
    },
  );
});
