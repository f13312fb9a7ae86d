import { beforeEach, expect, test } from "@jest/globals";
import { Hono } from "hono";
import { RememberingRouter } from "../../../local/http/remembering-router.ts";

let app: Hono;
beforeEach(() => {
  app = new Hono({ router: new RememberingRouter() });
  app.use(async (context, next) => {
    context.header("seen", "yes");
    await next();
  });
  app.get("/things/new", (context) => context.text("a new one"));
  app.get("/things/:id", (context) => context.text(context.req.param("id")));
  app.post("/things/new", (context) => context.text("posted"));
});

test.each<[method: string, path: string, status: number, text: string]>([
  ["GET", "/things/new", 200, "a new one"],
  ["POST", "/things/new", 200, "posted"],
  ["DELETE", "/things/new", 404, "404 Not Found"],
  ["GET", "/things/1", 200, "1"],
  ["GET", "/things/2", 200, "2"],
  ["GET", "/nothing", 404, "404 Not Found"],
])("%s %s is answered alike each time, behind what is before all paths", async (method, path, status, text) => {
  for (let times = 0; times < 3; times += 1) {
    const response = await app.request(path, { method });
    expect([response.status, await response.text(), response.headers.get("seen")]).toEqual([status, text, "yes"]);
  }
});

test("one path is answered by its method, whichever came first", async () => {
  const texts: string[] = [];
  for (const method of ["POST", "GET", "POST"]) texts.push(await (await app.request("/things/new", { method })).text());
  expect(texts).toEqual(["posted", "a new one", "posted"]);
});
