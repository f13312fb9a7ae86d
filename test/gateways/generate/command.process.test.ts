import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { spawnScript } from "../../support/spawn-script.ts";

const ENVIRONMENT = {
  AUTH0_DOMAIN: "tenant.example.com",
  API_IDENTIFIER: "https://api.example.com/",
  SPA_URL: "https://app.example.com",
};
let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "generated-"));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

test("a folder for each gateway is written, and said with what it cannot check", async () => {
  const script = spawnScript("gateways", ["--out", out], ENVIRONMENT);
  expect(await script.ended).toBe(0);
  expect(readdirSync(out).sort()).toEqual([
    "aws",
    "caddy",
    "express-gateway",
    "express-gateway-built-in",
    "krakend",
    "nginx",
  ]);
  expect(script.stdout()).toMatch(/krakend\.json.*warning: .*exp.*6 gateways written/s);
});

test("what an earlier run made and this one does not is removed; what somebody else put there stays", async () => {
  for (const folder of ["krakend", "express-gateway/node_modules"]) mkdirSync(join(out, folder), { recursive: true });
  writeFileSync(join(out, "krakend/paid.lua"), "");
  const script = spawnScript("gateways", ["--out", out, "--json"], { ...ENVIRONMENT, GATEWAY_PAID_SCOPES: "token" });
  expect(await script.ended).toBe(0);
  expect(existsSync(join(out, "krakend/paid.lua"))).toBe(false);
  expect(existsSync(join(out, "express-gateway/node_modules"))).toBe(true);
  expect(JSON.parse(script.stdout())).toMatchObject({ out, gateways: expect.any(Array) });
});

test.each([
  ["a variable is missing", { API_IDENTIFIER: "" }, [], /needs a value for API_IDENTIFIER/],
  ["a file is missing", { ROUTES_FILE: "nowhere.yaml" }, [], /nowhere\.yaml/],
  ["an option is not known", {}, ["--gateway", "krakend"], /--gateway/],
  ["the environment is not known", {}, ["--env", "nowhere"], /environments\/nowhere\.env/],
])("nothing is written, and the exit code is 2, when %s", async (_name, changes, args, message) => {
  const script = spawnScript("gateways", ["--out", out, ...args], { ...ENVIRONMENT, ...changes });
  expect(await script.ended).toBe(2);
  expect(script.stderr()).toMatch(message);
  expect(readdirSync(out)).toEqual([]);
});
