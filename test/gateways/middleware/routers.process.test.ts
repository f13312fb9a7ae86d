import { createServer, request as httpRequest, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import express from "express";
import fc from "fast-check";
import fastify, { type FastifyServerOptions } from "fastify";
import { parseRoutes, type Route } from "../../../gateways/authorizer/routes/route.ts";
import type { Router } from "../../../gateways/authorizer/settings.ts";
import { authorizeExpress } from "../../../gateways/middleware/express.ts";
import { authorizeFastify } from "../../../gateways/middleware/fastify.ts";
import { sortBySpecificity } from "../../../gateways/model/route-pattern.ts";
import { openGateway } from "../../../gateways/open-gateway.ts";
import { AUDIENCE, createSigningKey, goodClaims, ISSUER, NOW, signToken } from "../support/issuer.ts";

/**
 * The frameworks' own routers behind our middleware: a handler that answers must be the one whose scope the token has. Each
 * route has a scope of its own, named after its place in the list, and its handler answers with that place.
 */
const key = createSigningKey("key-1");
let listener: RequestListener = (_request, response) => void response.end();
let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => void server.close());

interface Listed {
  readonly path: string;
  readonly public?: boolean;
}
const listRoutes = (listed: readonly Listed[]): readonly Route[] =>
  parseRoutes({
    routes: listed.map((route, index) => ({
      method: "GET",
      path: route.path,
      ...(route.public === true ? { public: true } : { scope: `s:${index}` }),
    })),
  });

const gatewayFor = (routes: readonly Route[], router: Router) =>
  openGateway({
    issuer: ISSUER,
    audience: AUDIENCE,
    clock: () => NOW * 1000,
    fetchKeySet: async () => ({ keys: [key.jwk] }),
    routes,
    router,
  });

/** Which handler answered; undefined: none did. `scope`: what the token has; undefined: there is no token. */
type Ask = (path: string, scope: string | undefined) => Promise<number | undefined>;
type Open = (routes: readonly Route[], router: Router) => Promise<Ask>;

const pathOf = ({ segments }: Route, rest: string): string =>
  `/${segments.map((one, at) => (one.kind === "literal" ? one.written : one.kind === "rest" ? rest : `:p${at}`)).join("/")}`;

/** Over the network: what a client would put in order arrives as it is. */
const askServer =
  (app: RequestListener): Ask =>
  (path, scope) =>
    new Promise((resolve, reject) => {
      listener = app;
      const { port } = server.address() as AddressInfo;
      const headers =
        scope === undefined ? {} : { authorization: `Bearer ${signToken(key, { ...goodClaims, scope })}` };
      httpRequest({ port, host: "127.0.0.1", path, headers, agent: false }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        response.once("end", () => resolve(response.statusCode === 200 ? Number(text) : undefined));
      })
        .once("error", reject)
        .end();
    });

const openExpress =
  (settings: Readonly<Record<string, boolean>> = {}): Open =>
  async (routes, router) => {
    const app = express();
    for (const [name, value] of Object.entries(settings)) app.set(name, value);
    app.use(authorizeExpress(gatewayFor(routes, router)));
    // It takes the first that matches: so they stand as the setting says.
    for (const route of router === "express" ? routes : sortBySpecificity(routes))
      app.get(pathOf(route, "*rest"), (_request, response) => void response.json(routes.indexOf(route)));
    return askServer(app);
  };

const openFastify =
  (options: FastifyServerOptions = {}): Open =>
  async (routes, router) => {
    const app = fastify(options);
    app.addHook("onRequest", authorizeFastify(gatewayFor(routes, router)));
    for (const route of routes) app.get(pathOf(route, "*"), async () => routes.indexOf(route));
    await app.ready();
    return askServer((request, response) => app.routing(request, response));
  };

const frameworks: readonly { readonly name: string; readonly router: Router; readonly open: Open }[] = [
  { name: "Express, said to be Express", router: "express", open: openExpress() },
  { name: "Express", router: "any", open: openExpress() },
  {
    name: "Express, where case and slashes matter",
    router: "any",
    open: openExpress({ "case sensitive routing": true, "strict routing": true }),
  },
  { name: "Fastify, said to be Fastify", router: "fastify", open: openFastify() },
  { name: "Fastify", router: "any", open: openFastify() },
  {
    name: "Fastify, where neither case nor slashes matter",
    router: "any",
    open: openFastify({ routerOptions: { caseSensitive: false, ignoreTrailingSlash: true } }),
  },
];

describe.each(frameworks)("$name", ({ router, open }) => {
  const docs = listRoutes([{ path: "/docs/{name}" }, { path: "/docs/open", public: true }, { path: "/docs/keys" }]);
  const files = listRoutes([{ path: "/files/*" }, { path: "/files/private/*" }]);
  const users = listRoutes([{ path: "/users", public: true }, { path: "/users/{id}" }, { path: "/Teams/{id}" }]);

  test.each([
    ["/docs/open in capitals, without a token", docs, "/docs/OPEN", undefined, [1]],
    ["a letter of /docs/open encoded, without a token", docs, "/docs/ope%6E", undefined, [1]],
    ["a letter that folds to k, with a token for the rest", docs, "/docs/%E2%84%AAeys", "s:0", [0]],
    ["a letter that folds to s, with a token for the rest", docs, "/docs/key%C5%BF", "s:0", [0]],
    ["a full-width letter, with a token for the rest", docs, "/docs/%EF%BD%8Beys", "s:0", [0]],
    ["a slash where a rest begins", files, "/files/private/", "s:0", [0]],
    ["a rest in capitals", files, "/files/PRIVATE/x", "s:0", [0]],
    ["a slash where a parameter stands", users, "/users/", undefined, [0]],
    ["a second slash", users, "/users//", undefined, []],
  ] as const)("%s reaches no other handler", async (_name, routes, path, scope, allowed) => {
    const answered = await (await open(routes, router))(path, scope);
    expect([undefined, ...allowed]).toContain(answered);
  });

  test.each([
    ["a parameter", users, "/users/12", "s:1", 1],
    ["a route that is listed with a capital", users, "/Teams/12", "s:2", 2],
    ["a user id with a bar", users, "/users/auth0|12", "s:1", 1],
    ["a user id with an encoded bar", users, "/users/auth0%7C12", "s:1", 1],
    ["an accent", docs, "/docs/caf%C3%A9", "s:0", 0],
    ["a parameter in capitals", docs, "/docs/README", "s:0", 0],
    ["a rest", files, "/files/private/a/b", "s:1", 1],
    ["another rest", files, "/files/a/b", "s:0", 0],
  ] as const)("%s reaches its own handler", async (_name, routes, path, scope, place) => {
    // Express takes the first that is listed, which /docs/{name} and /files/* are.
    const listed = router === "express" ? sortBySpecificity(routes) : routes;
    const own = listed.indexOf(routes[place]!);
    expect(await (await open(listed, router))(path, scope)).toBe(own);
  });

  const segment = fc.constantFrom("a", "k", "Ab", "{p}");
  const listed = fc.array(
    fc.tuple(fc.array(segment, { minLength: 1, maxLength: 3 }), fc.boolean()).map(([parts, isOpen]) => ({
      path: `/${[...parts, ...(isOpen ? ["*"] : [])].join("/")}`.replaceAll("{p}", (_match, at: number) => `{p${at}}`),
    })),
    { minLength: 2, maxLength: 4 },
  );
  const spelled = fc.constantFrom("a", "A", "%61", "k", "K", "%6B", "%E2%84%AA", "Ab", "ab", "A%62", "x", "s%20t");

  test("whatever the routes and the spelling, the handler that answers is the one that was paid for", async () => {
    await fc.assert(
      fc.asyncProperty(
        listed,
        fc.array(spelled, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        fc.nat(3),
        async (entries, parts, hasSlash, place) => {
          const distinct = new Map(
            entries.map((entry) => [entry.path.toLowerCase().replaceAll(/\{\w+\}/g, "{}"), entry]),
          );
          const routes = listRoutes([...distinct.values()]);
          const ask = await open(routes, router);
          const answered = await ask(`/${parts.join("/")}${hasSlash ? "/" : ""}`, `s:${place}`);
          expect([undefined, place]).toContain(answered);
        },
      ),
      { numRuns: 150 },
    );
  });
});
