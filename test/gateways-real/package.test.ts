import { type ChildProcess, execFile, spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import Stripe from "stripe";
import {
  AUDIENCE,
  createSigningKey,
  goodClaims,
  ISSUER,
  type JwksServer,
  signToken,
  startJwksServer,
} from "../gateways/support/issuer.ts";
import { type StandIn, startStandIn } from "../gateways/support/stripe-stand-in.ts";
import { spawnScript } from "../support/spawn-script.ts";

/**
 * The package as an API uses it: packed by the command, installed from the file into a folder where nothing is, and started by
 * plain Node. The servers are the examples.
 */
const root = join(import.meta.dirname, "../..");
const WEBHOOK_SECRET = "whsec_0123456789abcdef";
const run = promisify(execFile);
const key = createSigningKey("key-1");
const directory = mkdtempSync(join(tmpdir(), "package-"));
let jwks: JwksServer;
let file = "";

interface Project {
  readonly name: string;
  readonly example: string;
  readonly framework: string;
  /** What type-checks it needs. */
  readonly types: readonly string[];
}

const projects: readonly Project[] = [
  { name: "Express 4", example: "express", framework: "express@4", types: [] },
  { name: "Express 5", example: "express", framework: "express@5", types: ["@types/node@20", "@types/express@5"] },
  { name: "Fastify 5", example: "fastify", framework: "fastify@5", types: [] },
];

beforeAll(async () => {
  jwks = await startJwksServer([key]);
  const packing = spawnScript("package", ["--json"], { HOME: directory });
  if ((await packing.ended) !== 0) throw new Error(packing.stderr());
  const { file: packed, dependencies } = JSON.parse(packing.stdout());
  file = packed;
  expect(dependencies).toEqual([{ name: "stripe", version: expect.any(String), dependencies: [] }]);
}, 60_000);
afterAll(async () => {
  await jwks?.close();
  rmSync(directory, { recursive: true, force: true });
});

describe.each(projects)("an empty project with $name", ({ name, example, framework, types }) => {
  const folder = join(directory, name.replace(" ", "-"));
  let stripe: StandIn;
  let api: ChildProcess | undefined;
  let url = "";

  beforeAll(async () => {
    stripe = await startStandIn();
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
    await run("mkdir", [folder]);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
    const args = [
      "install",
      "--no-audit",
      "--no-fund",
      "--ignore-scripts",
      "--prefer-offline",
      file,
      framework,
      ...types,
    ];
    await run("npm", args, { cwd: folder });
    copyFileSync(join(root, "examples", example, "server.js"), join(folder, "server.js"));
    copyFileSync(join(root, "stripe.json"), join(folder, "stripe.json"));
    api = spawn(process.execPath, ["server.js"], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        AUTH0_ISSUER: ISSUER,
        AUTH0_JWKS_URL: jwks.url,
        API_IDENTIFIER: AUDIENCE,
        STRIPE_GATEWAY_KEY: "rk_test_example",
        STRIPE_API_URL: stripe.url,
        STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
        PORT: "0",
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    url = await findAddress(api);
  }, 120_000);
  afterAll(async () => {
    api?.kill("SIGKILL");
    await stripe?.close();
  });

  const ask = async (path: string, customer?: string): Promise<number> => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      ...goodClaims,
      iat: now - 10,
      exp: now + 600,
      scope: "get:users get:reports",
      [`${AUDIENCE}stripe_customer_id`]: customer,
    };
    const authorization = customer === undefined ? {} : { authorization: `Bearer ${signToken(key, claims)}` };
    return (await fetch(`${url}${path}`, { headers: { connection: "close", ...authorization } })).status;
  };

  test("says what to set where the file of prices is not there", async () => {
    const env = { PATH: process.env.PATH, STRIPE_RULES_FILE: "nowhere.json" };
    const started = await run(process.execPath, ["server.js"], { cwd: folder, env }).catch((error: unknown) => error);
    expect(started).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^There is no nowhere\.json\. .*STRIPE_RULES_FILE/),
    });
    expect(started).not.toMatchObject({ stderr: expect.stringContaining("ENOENT") });
  });

  test("brings nothing along but Stripe's SDK", async () => {
    const { stdout } = await run("npm", ["ls", "--all", "--json"], { cwd: folder });
    const { dependencies } = JSON.parse(stdout) as {
      dependencies: Record<string, { dependencies?: Record<string, { version?: string }> }>;
    };
    // What is optional and was not installed is listed without a version.
    const installed = Object.entries(dependencies["auth0-stripe-gateway"]?.dependencies ?? {}).filter(
      ([, { version }]) => version !== undefined,
    );
    expect(installed.map(([one]) => one)).toEqual(["stripe"]);
    // Nor does any file of it ask for more, but the portal for Auth0's SDK.
    const files = await readdir(join(folder, "node_modules/auth0-stripe-gateway"), { recursive: true });
    const texts = files
      .filter((one) => /\.(?:js|d\.ts)$/.test(one))
      .map((one) => readFileSync(join(folder, "node_modules/auth0-stripe-gateway", one), "utf8"));
    const asked = texts.flatMap((text) =>
      [...text.matchAll(/(?:from |import\()"([\w@][\w@/:.-]*)"/g)].map(([, one]) => one),
    );
    expect([...new Set(asked)].filter((one) => !one?.startsWith("node:")).sort()).toEqual(["auth0", "stripe"]);
  });

  test("can be required as well", async () => {
    const code = `console.log(typeof require("auth0-stripe-gateway/${example}").authorize${example === "express" ? "Express" : "Fastify"})`;
    expect((await run(process.execPath, ["-e", code], { cwd: folder })).stdout).toBe("function\n");
  });

  if (example === "express")
    test("hears Stripe's webhooks, and nobody else's", async () => {
      const payload = JSON.stringify({ id: "evt_1", object: "event", type: "product.updated", data: { object: {} } });
      const send = async (secret: string): Promise<number> => {
        const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret });
        const headers = { "stripe-signature": signature, "content-type": "application/json", connection: "close" };
        return (await fetch(`${url}/webhooks/stripe`, { method: "POST", headers, body: payload })).status;
      };
      expect([await send(WEBHOOK_SECRET), await send("whsec_of_somebody_else")]).toEqual([200, 400]);
    });

  if (types.length > 0)
    test("has types that a strict project compiles with", async () => {
      writeFileSync(join(folder, "typed.ts"), TYPED);
      const compiler = join(root, "node_modules/typescript/bin/tsc");
      const flags = [
        "--noEmit",
        "--strict",
        "--module",
        "nodenext",
        "--target",
        "es2023",
        "--types",
        "node",
        "typed.ts",
      ];
      await expect(run(process.execPath, [compiler, ...flags], { cwd: folder })).resolves.toMatchObject({ stdout: "" });
    }, 30_000);

  test("lets through what is free, charges for what is paid for, and sends at its end what it has counted", async () => {
    expect(await ask("/users/12")).toBe(401);
    expect(await ask("/users/12", "cus_none")).toBe(200);
    expect(await ask("/reports/1", "cus_none")).toBe(402);
    expect(await ask("/reports/1", "cus_paying")).toBe(200);
    expect(await ask("/reports/2", "cus_paying")).toBe(200);
    expect(await ask("/.well-known/oauth-protected-resource")).toBe(200);
    const ended = new Promise((resolve) => api?.once("exit", resolve));
    api?.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(Object.fromEntries(stripe.sums)).toEqual({ "cus_paying get_reports": 2 });
  }, 30_000);
});

test("the examples name the file that the command makes", () => {
  for (const name of ["express", "fastify"]) {
    const { dependencies } = JSON.parse(readFileSync(join(root, "examples", name, "package.json"), "utf8"));
    expect(join(root, "examples", name, dependencies["auth0-stripe-gateway"].replace("file:", ""))).toBe(file);
  }
});

const TYPED = `import express from "express";
import { openApiGateway, type Gateway } from "auth0-stripe-gateway";
import { authorizeExpress, type ExpressRequest } from "auth0-stripe-gateway/express";
import { createAuthorizer } from "auth0-stripe-gateway/authorizer";
import { openAnswerWebhook } from "auth0-stripe-gateway/webhooks";

const gateway: Gateway = openApiGateway({ issuer: "https://i/", audience: "https://a/", metering: "elsewhere" });
const app = express();
app.use(authorizeExpress(gateway, { isFree: (status) => status >= 500 }));
app.get("/", (request: ExpressRequest, response: express.Response) => {
  const subject: string | undefined = request.authorized?.subject;
  response.json({ subject });
});
const { authorize } = createAuthorizer({ issuer: "https://i/", audience: "https://a/" });
authorize({ method: "GET", target: "/", headers: {} }).then((decision) => decision.kind);
openAnswerWebhook({ gateway, stripe: { secretKey: "rk_test_types" }, secrets: [] })("", undefined).then(({ status }) => status);
// @ts-expect-error the issuer is missing
openApiGateway({ audience: "https://a/" });
`;

function findAddress(api: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    api.once("exit", (code) => reject(new Error(`The API ended with ${code}.`)));
    api.stdout?.setEncoding("utf8").on("data", (text: string) => {
      const found = /http:\/\/\S+/.exec(text)?.[0];
      if (found !== undefined) resolve(found);
    });
  });
}
