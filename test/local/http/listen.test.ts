import { expect, test } from "@jest/globals";
import { listen } from "../../../local/http/listen.ts";

test("a connection stays open between two requests for longer than a busy machine takes", async () => {
  const server = await listen({ fetch: () => new Response("here") });
  const { headers } = await fetch(server.origin.replace("localhost", "127.0.0.1"));
  expect(headers.get("keep-alive")).toBe("timeout=65");
  await server.close();
});
