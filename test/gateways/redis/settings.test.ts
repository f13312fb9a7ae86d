import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { readServiceSettings } from "../../../gateways/forward-auth/read-settings.ts";
import { listProjectSecrets } from "../../../scripts/tenant/secret-variables.ts";

const root = join(import.meta.dirname, "../../..");
const read = async (url: string) =>
  readServiceSettings(root, {
    AUTH0_DOMAIN: "example.eu.auth0.com",
    API_IDENTIFIER: "https://api.example.com/",
    STRIPE_GATEWAY_KEY: "rk_test_1",
    GATEWAY_REDIS_URL: url,
  });

test.each([
  ["redis://127.0.0.1:6379", "redis://127.0.0.1:6379"],
  ["rediss://node:password@cache.example.com:6380/2", "rediss://node:password@cache.example.com:6380/2"],
  ["", undefined],
])("GATEWAY_REDIS_URL=%s is taken", async (url, expected) => {
  expect((await read(url)).redisUrl).toBe(expected);
});

test.each(["127.0.0.1:6379", "https://cache.example.com", "redis://node:password@", "redis"])(
  "GATEWAY_REDIS_URL=%s is refused, and not repeated",
  async (url) => {
    const error = await read(url).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: "GATEWAY_CONFIGURATION",
      message: expect.stringContaining("GATEWAY_REDIS_URL: expected redis://host:6379"),
    });
    expect(String(error)).not.toContain("password");
  },
);

test("its password is hidden wherever it would be printed", () => {
  expect(listProjectSecrets({ GATEWAY_REDIS_URL: "redis://:password@127.0.0.1" })).toContain(
    "redis://:password@127.0.0.1",
  );
});
