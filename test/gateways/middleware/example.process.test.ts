import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import {
  createSigningKey,
  goodClaims,
  ISSUER,
  type JwksServer,
  signToken,
  startJwksServer,
} from "../support/issuer.ts";
import { type StandIn, startStandIn } from "../support/stripe-stand-in.ts";

/** The example as docs/gateways.md has it built and started: by the commands that stand there, in Node without a loader. */
const root = join(import.meta.dirname, "../../..");
// Inside the project, where the packages that it leaves outside are found.
mkdirSync(join(root, "dist"), { recursive: true });
const directory = mkdtempSync(join(root, "dist/example-"));
const key = createSigningKey("key-1");
let jwks: JwksServer;
let stripe: StandIn;
let api: ChildProcess;
let url: string;

beforeAll(async () => {
  [jwks, stripe] = await Promise.all([startJwksServer([key]), startStandIn()]);
  Object.assign(stripe.lists, {
    "/v1/products": [{ id: "prod_reports", name: "get:reports" }],
    "/v1/subscriptions": [
      {
        id: "sub_1",
        customer: "cus_paying",
        status: "active",
        items: { has_more: false, data: [{ id: "si_1", price: { product: "prod_reports" } }] },
      },
    ],
  });
  const [, build = ""] =
    /^(npx esbuild examples\/express\/server\.ts .*)$/m.exec(readFileSync(join(root, "docs/gateways.md"), "utf8")) ??
    [];
  const bundle = join(directory, "server.mjs");
  const [command = "", ...args] = build.replace(/--outfile=\S+/, `--outfile=${bundle}`).split(" ");
  await promisify(execFile)(command, args, { cwd: root });
  api = spawn(process.execPath, [bundle], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      AUTH0_ISSUER: ISSUER,
      AUTH0_JWKS_URL: jwks.url,
      API_IDENTIFIER: "https://api.example.com/",
      STRIPE_GATEWAY_KEY: "rk_test_example",
      STRIPE_API_URL: stripe.url,
      METERING_DIRECTORY: join(directory, "usage"),
      PORT: "0",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  url = await new Promise((resolve, reject) => {
    api.once("exit", (code) => reject(new Error(`The example ended with ${code}.`)));
    api.stdout?.setEncoding("utf8").on("data", (text: string) => {
      const found = /http:\/\/\S+/.exec(text)?.[0];
      if (found !== undefined) resolve(found);
    });
  });
}, 60_000);

afterAll(async () => {
  api?.kill("SIGKILL");
  await Promise.all([jwks?.close(), stripe?.close()]);
  rmSync(directory, { recursive: true, force: true });
});

async function ask(path: string, customer: string): Promise<number> {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    ...goodClaims,
    iat: now - 10,
    exp: now + 600,
    scope: "get:users get:reports",
    "https://api.example.com/stripe_customer_id": customer,
  };
  const headers = { authorization: `Bearer ${signToken(key, claims)}`, connection: "close" };
  return (await fetch(`${url}${path}`, { headers })).status;
}

test("lets through what is free, charges for what is paid for, and sends at its end what it has counted", async () => {
  expect(await ask("/users/12", "cus_none")).toBe(200);
  expect(await ask("/reports/1", "cus_none")).toBe(402);
  expect(await ask("/reports/1", "cus_paying")).toBe(200);
  expect(await ask("/reports/2", "cus_paying")).toBe(200);
  const ended = new Promise((resolve) => api.once("exit", resolve));
  api.kill("SIGTERM");
  await ended;
  expect(Object.fromEntries(stripe.sums)).toEqual({ "cus_paying get_reports": 2 });
}, 30_000);
