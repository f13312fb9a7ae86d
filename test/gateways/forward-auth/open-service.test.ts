import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { openForwardAuthService } from "../../../gateways/forward-auth/open-service.ts";
import { readServiceSettings } from "../../../gateways/forward-auth/read-settings.ts";

const root = join(import.meta.dirname, "../../..");

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "authorizer-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

test.each([
  [1, false],
  [2, true],
])(
  "of %d authorizers without a Redis that hear of webhooks, it says that one alone hears: %s",
  async (processes, isSaid) => {
    const lines: string[] = [];
    const settings = await readServiceSettings(root, {
      AUTH0_DOMAIN: "localhost:1",
      API_IDENTIFIER: "https://api.example.com/",
      STRIPE_GATEWAY_KEY: "rk_test_gateway",
      STRIPE_WEBHOOK_SECRET: "whsec_of_the_gateway",
      AUTHORIZER_PORT: "0",
      METERING_DIRECTORY: join(directory, "metering"),
    });
    const service = await openForwardAuthService(
      { ...settings, rules: { ...settings.rules, processes } },
      { fetch: async () => Response.json({ keys: [] }), log: (line) => lines.push(line) },
    );
    await service.stop();
    expect(lines.some((line) => line.includes("GATEWAY_REDIS_URL"))).toBe(isSaid);
  },
);
