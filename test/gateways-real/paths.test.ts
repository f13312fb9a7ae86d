import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { parseRoutes } from "../../gateways/authorizer/routes/route.ts";
import { ambiguousPaths } from "../gateways/support/ambiguous-paths.ts";
import type { RunningGateway } from "./gateways/gateway.ts";
import { gateways } from "./gateways/list.ts";
import { listNeeds } from "./support/resolve-paths.ts";
import { createWorld, type World } from "./world.ts";

const ROUTES_FILE = "test/gateways-real/path-routes.yaml";
const routes = parseRoutes(parse(readFileSync(join(import.meta.dirname, "path-routes.yaml"), "utf8")));

let world: World;
beforeAll(async () => {
  world = await createWorld({ routesFile: ROUTES_FILE });
}, 60_000);
afterAll(() => world?.close());

/** Those with a path of their own; API Gateway is not here, and its handler is given paths by the tests of gateways/aws. */
for (const gateway of gateways.filter(({ name }) => !name.startsWith("Lambda"))) {
  (gateway.missing?.() === undefined ? describe : describe.skip)(gateway.name, () => {
    let running: RunningGateway;
    beforeAll(async () => {
      running = await gateway.start(world);
    }, 60_000);
    afterAll(() => running?.close());

    const ask = (path: string, scope: string | undefined) =>
      running.send({
        method: "GET",
        path,
        headers: scope === undefined ? [] : [`Authorization: Bearer ${world.tokens.sign({ scope })}`],
      });

    test.each(ambiguousPaths)("GET %s reaches nothing that the token is not good for", async (path) => {
      for (const scope of [undefined, "get:users"]) {
        const outcome = await ask(path, scope);
        if (outcome?.identity === undefined) {
          // Refused, or sent to the path that was meant, which is asked for anew.
          expect(outcome?.status).toBeGreaterThanOrEqual(300);
          continue;
        }
        // A gateway that sends on another spelling has read the path: that one is the backend's.
        const needs = listNeeds(outcome.reached ?? path, routes);
        expect({ reached: outcome.reached, needs }).toMatchObject({
          needs: [needs[0] === "public" ? "public" : scope],
        });
      }
    });

    test.each([
      ["a plain value", "/files/12/meta", "/files/12/meta"],
      ["a user id with an encoded bar", "/files/auth0%7C12/meta", "/files/auth0|12/meta"],
      ["a user id with a bar, as browsers send it", "/files/auth0|12/meta", "/files/auth0|12/meta"],
      ["an encoded blank", "/files/a%20b/meta", "/files/a b/meta"],
      ["an accent", "/files/caf%C3%A9/meta", "/files/café/meta"],
      ["dots in a value", "/files/v1..2/meta", "/files/v1..2/meta"],
      ["capitals in a value", "/files/README/meta", "/files/README/meta"],
      ["a value that is not another route's word", "/docs/Keyring", "/docs/Keyring"],
      ["a route with a capital", "/Teams/12/notes", "/Teams/12/notes"],
      ["a word that is listed behind the parameter", "/docs/keys", "/docs/keys"],
      ["a word with a blank", "/my%20files", "/my files"],
      ["a word with an accent", "/caf%C3%A9/menu", "/café/menu"],
      ["a word with brackets and a plus", "/teams(all)/a+b", "/teams(all)/a+b"],
      ["a word with a dollar", "/$metadata", "/$metadata"],
      ["a word with a hyphen", "/a-b", "/a-b"],
      ["two words that are written alike", "/a/b", "/a/b"],
      ["a word with a dot that is written alike", "/a.b", "/a.b"],
    ])("%s is served", async (_name, path, meant) => {
      const outcome = await ask(path, path === "/docs/keys" ? "get:orders" : "get:users");
      expect([outcome?.status, decodeURIComponent((outcome?.reached ?? path).split("?")[0] ?? "")]).toEqual([
        200,
        meant,
      ]);
    });

    // KrakenD does not look at queries.
    (gateway.name === "KrakenD" ? test.skip : test)("a method in the query is refused", async () => {
      expect((await ask("/files/12/meta?_method=DELETE", "get:users"))?.status).toBe(403);
    });

    // KrakenD would take it for a value, and any word for the route.
    const hasColons = gateway.name !== "KrakenD";
    test(`a word with a colon is ${hasColons ? "served" : "left out"}, and stands for nothing else`, async () => {
      expect((await ask("/reports:batch", "get:users"))?.status).toBe(hasColons ? 200 : 404);
      for (const path of ["/reports:other", "/reportsX"])
        expect((await ask(path, "get:users"))?.status).toBeGreaterThanOrEqual(400);
    });
  });
}
