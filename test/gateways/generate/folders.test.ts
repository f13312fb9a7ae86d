import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { parseRoutes } from "../../../gateways/authorizer/routes/route.ts";
import type { GatewayFolder } from "../../../gateways/model/gateway-model.ts";
import { bundleCode, generateGateways, planGateways, renderGateways } from "../../../scripts/gateways/generate.ts";
import { type GatewayInputs, readInputs } from "../../../scripts/gateways/read-inputs.ts";

const root = join(import.meta.dirname, "../../..");
const ENVIRONMENT = {
  AUTH0_DOMAIN: "tenant.example.com",
  API_IDENTIFIER: "https://api.example.com/",
  SPA_URL: "https://app.example.com",
};

/** The project's own routes, with a backend that wants a token, and a route that only some gateways can have. */
async function readProject(more: Record<string, string> = {}): Promise<GatewayInputs> {
  const inputs = await readInputs(root, { ...ENVIRONMENT, ...more });
  const file = inputs.routesFile as { routes: object[] };
  const routesFile = {
    backends: {
      api: "http://127.0.0.1:3001",
      vault: { url: "https://vault.internal/v1", audience: "https://vault/", scope: ["read:secrets", "list:secrets"] },
    },
    routes: file.routes.map((route, index) => (index === 1 ? { ...route, backend: "vault" } : route)),
  };
  return { ...inputs, routesFile };
}
const byName = (made: readonly GatewayFolder[]) => new Map(made.map((folder) => [folder.name, folder]));

let folders: Map<string, GatewayFolder>;
/** Compiled once: what differs from one test to the next is not in it. */
let code: Awaited<ReturnType<typeof bundleCode>>;
beforeAll(async () => {
  const inputs = await readProject();
  code = await bundleCode(planGateways(inputs), inputs);
  folders = byName(renderGateways(planGateways(inputs), code));
});
const generate = async (more: Record<string, string> = {}) =>
  byName(renderGateways(planGateways(await readProject(more)), code));

const read = (folder: string, path: string, from = folders): string =>
  from.get(folder)?.files.find((file) => file.path === path)?.text ?? "";

interface Endpoint {
  readonly endpoint: string;
  readonly method: string;
  readonly input_headers: readonly string[];
  readonly extra_config: Readonly<Record<string, Record<string, unknown>>>;
  readonly backend: readonly {
    readonly host: string[];
    readonly url_pattern: string;
    readonly extra_config?: object;
  }[];
}
const krakend = (from = folders) => {
  const file = JSON.parse(read("krakend", "krakend.json", from)) as { endpoints: Endpoint[] };
  // The API's own.
  return { ...file, endpoints: file.endpoints.filter((one) => !one.endpoint.startsWith("/.well-known/")) };
};
const endpoint = (method: string, path: string, from = folders): Endpoint => {
  const found = krakend(from).endpoints.find((one) => one.method === method && one.endpoint === path);
  if (found === undefined) throw new Error(`no ${method} ${path}`);
  return found;
};

test("the same input makes the same files", async () => {
  expect(await generateGateways(await readProject())).toEqual([...folders.values()]);
});

test("no secret is asked for, and none of the environment's is in a file", async () => {
  const secrets = {
    STRIPE_GATEWAY_KEY: "rk_live_secret",
    AUTH0_CLIENT_SECRET: "hush",
    VAULT_CLIENT_SECRET: "hush-hush",
  };
  const all = JSON.stringify(await generateGateways(await readProject(secrets)));
  for (const secret of Object.values(secrets)) expect(all).not.toContain(secret);
});

describe("KrakenD", () => {
  test("asks for everything that its validator leaves open when it is not said", () => {
    expect(endpoint("GET", "/users/{p1}").extra_config["auth/validator"]).toMatchObject({
      alg: "RS256",
      issuer: "https://tenant.example.com/",
      audience: ["https://api.example.com/"],
      jwk_url: "https://tenant.example.com/.well-known/jwks.json",
      cache: true,
      scopes: ["get:users"],
      scopes_key: "scope",
      scopes_matcher: "all",
    });
  });

  test("never looks for a token in the cookie that it would read by itself", () => {
    for (const { extra_config: extra } of krakend().endpoints.filter((one) => one.extra_config["auth/validator"]))
      expect(extra["auth/validator"]?.cookie_key).not.toMatch(/^(access_token)?$/);
  });

  test("hands on who asks where a token was checked, and nothing under these names where none was", () => {
    const names = ["X-User-Sub", "X-Org-Id", "X-Scopes", "X-Stripe-Customer"];
    expect(endpoint("GET", "/users/{p1}").input_headers).toEqual(expect.arrayContaining(names));
    expect(endpoint("GET", "/users/{p1}").extra_config["auth/validator"]?.propagate_claims).toEqual([
      ["sub", "X-User-Sub"],
      ["org_id", "X-Org-Id"],
      ["scope", "X-Scopes"],
      ["https://api.example.com/stripe_customer_id", "X-Stripe-Customer"],
    ]);
    const open = endpoint("GET", "/health").input_headers;
    expect(names.filter((name) => open.includes(name))).toEqual([]);
    for (const { input_headers: headers } of krakend().endpoints) expect(headers).not.toContain("*");
  });

  test("asks the authorizer about scopes that cost money, and about no other", () => {
    const asking = krakend().endpoints.filter((one) => one.extra_config["modifier/lua-proxy"]);
    expect(asking.map(({ method, endpoint: path }) => `${method} ${path}`)).toEqual([
      "GET /reports",
      "GET /reports/{p1}",
    ]);
    // A checksum that does not fit would make KrakenD leave the script out, and let everybody pass.
    for (const { extra_config: extra } of asking) expect(extra["modifier/lua-proxy"]).not.toHaveProperty("md5");
    expect(asking.map(({ extra_config: extra }) => extra["modifier/lua-proxy"])).toEqual(
      asking.map(() => ({
        sources: ["paid.lua"],
        pre: "check_paid('http://127.0.0.1:4455/authorize')",
        allow_open_libs: true,
      })),
    );
  });

  test("leaves scopes that cost money to the authorizer, which knows why one is missing, and compares all others", async () => {
    const scopesOf = (path: string, from: Map<string, GatewayFolder>) => {
      const validator = endpoint("GET", path, from).extra_config["auth/validator"];
      return [validator?.scopes, validator?.scopes_key];
    };
    const routesFile = {
      backends: { api: "http://127.0.0.1:3001" },
      routes: [
        { method: "GET", path: "/both", scope: ["get:users", "get:reports"], backend: "api" },
        { method: "GET", path: "/users", backend: "api" },
        { method: "GET", path: "/reports", backend: "api" },
      ],
    };
    const generateFor = async (paidScopes: string) => {
      const inputs = await readInputs(root, { ...ENVIRONMENT, GATEWAY_PAID_SCOPES: paidScopes });
      const made = await generateGateways({ ...inputs, routesFile, routes: parseRoutes(routesFile) });
      return new Map(made.map((folder) => [folder.name, folder]));
    };
    const asked = await generateFor("authorizer");
    expect(scopesOf("/both", asked)).toEqual([["get:users"], "scope"]);
    expect(scopesOf("/users", asked)).toEqual([["get:users"], "scope"]);
    expect(scopesOf("/reports", asked)).toEqual([undefined, undefined]);
    const told = await generateFor("token");
    expect(scopesOf("/both", told)).toEqual([["get:users", "get:reports"], "scope"]);
    expect(scopesOf("/reports", told)).toEqual([["get:reports"], "scope"]);
  });

  test("looks at the path wherever it holds a value, before anything is counted", async () => {
    for (const { endpoint: path, extra_config: extra } of krakend().endpoints)
      expect(extra["modifier/lua-endpoint"]).toEqual(
        path.includes("{") ? { sources: ["path.lua"], pre: "check_path({})", allow_open_libs: true } : undefined,
      );
    expect(read("krakend", "path.lua")).toContain("function check_path(narrower)");
  });

  test("knows the words that a value must not be another spelling of", async () => {
    const inputs = await readInputs(root, {
      ...ENVIRONMENT,
      ROUTES_FILE: "test/gateways-real/path-routes.yaml",
      STRIPE_RULES_FILE: "test/gateways-real/stripe.json",
    });
    const routesFile = { ...(inputs.routesFile as object), backends: { api: "http://127.0.0.1:3001" } };
    const folder = byName(renderGateways(planGateways({ ...inputs, routesFile }), code)).get("krakend");
    const own = new Map([["krakend", folder!]]);
    expect(endpoint("GET", "/docs/{p1}", own).extra_config["modifier/lua-endpoint"]?.pre).toBe(
      'check_path({"^/docs/keys$", "^/docs/open$"})',
    );
    expect(endpoint("GET", "/files/{p1}/meta", own).extra_config["modifier/lua-endpoint"]?.pre).toBe("check_path({})");
    // As it is listed: KrakenD's router compares the case.
    expect(endpoint("GET", "/Teams/{p1}/notes", own).backend[0]?.url_pattern).toBe("/Teams/{p1}/notes");
  });

  test("asks behind the rate limit, so that what is refused with 429 is not counted", () => {
    // KrakenD's order: validator, modifier/lua-endpoint, rate limit, modifier/lua-proxy, backend.
    for (const { extra_config: extra } of krakend().endpoints)
      expect(JSON.stringify(extra["modifier/lua-endpoint"] ?? {})).not.toContain("check_paid");
  });

  test("lets the script that asks see the token, and no other endpoint's backend", () => {
    for (const { input_headers: headers, extra_config: extra } of krakend().endpoints)
      expect(headers.includes("Authorization")).toBe(extra["modifier/lua-proxy"] !== undefined);
    // Its backend does not get it either.
    expect(read("krakend", "paid.lua")).toMatch(/request:headers\("Authorization", nil\)/);
  });

  test("asks nobody where the token says what is paid for", async () => {
    const asking = krakend(await generate({ GATEWAY_PAID_SCOPES: "token" })).endpoints;
    expect(asking.filter((one) => one.extra_config["modifier/lua-proxy"])).toEqual([]);
  });

  test("gets a token of its own for a backend that wants one, with credentials from the environment", () => {
    expect(endpoint("GET", "/users").backend).toMatchObject([
      {
        host: ["https://vault.internal"],
        url_pattern: "/v1/users",
        method: "GET",
        encoding: "no-op",
        extra_config: {
          "auth/client-credentials": {
            client_id: "{{ env `VAULT_CLIENT_ID` }}",
            client_secret: "{{ env `VAULT_CLIENT_SECRET` }}",
            token_url: "https://tenant.example.com/oauth/token",
            scopes: "read:secrets,list:secrets",
            endpoint_params: { audience: ["https://vault/"] },
          },
        },
      },
    ]);
    const compose = parse(read("krakend", "docker-compose.yml")) as { services: { krakend: { environment: object } } };
    expect(Object.keys(compose.services.krakend.environment)).toEqual(
      expect.arrayContaining(["FC_ENABLE", "VAULT_CLIENT_ID", "VAULT_CLIENT_SECRET"]),
    );
  });

  test("limits a subject, and an address where there is none", () => {
    expect(endpoint("GET", "/users").extra_config["qos/ratelimit/router"]).toMatchObject({ key: "X-User-Sub" });
    expect(endpoint("GET", "/health").extra_config["qos/ratelimit/router"]).toMatchObject({ strategy: "ip" });
  });

  test("lets a subject spend the whole minute's limit at once: the product's own burst would be one request", async () => {
    const limits = krakend().endpoints.map((one) => one.extra_config["qos/ratelimit/router"]);
    expect(limits.map((limit) => limit?.client_capacity)).toEqual(limits.map(() => 300));
    const own = await generate({ GATEWAY_RATE_LIMIT: "7" });
    expect(endpoint("GET", "/health", own).extra_config["qos/ratelimit/router"]).toMatchObject({
      client_max_rate: 7,
      client_capacity: 7,
      every: "1m",
    });
  });

  test("listens on this machine alone", () => {
    expect(krakend()).toMatchObject({ listen_ip: "127.0.0.1", port: 8080 });
  });

  test.each(["GATEWAY_CA_FILE", "AUTH0_CA_FILE", "NODE_EXTRA_CA_CERTS"])(
    "trusts the authority that %s names, as the authorizer does, and never turns verification off",
    async (name) => {
      const local = await generate({ [name]: "/srv/ca.crt" });
      expect(endpoint("GET", "/users", local).extra_config["auth/validator"]?.jwk_local_ca).toBe("/srv/ca.crt");
      expect(read("krakend", "krakend.json", local)).not.toContain("disable_jwk_security");
    },
  );

  test("takes the first of the three variables that is set", async () => {
    const local = await generate({ AUTH0_CA_FILE: "/srv/two.crt", NODE_EXTRA_CA_CERTS: "/srv/three.crt" });
    expect(endpoint("GET", "/users", local).extra_config["auth/validator"]?.jwk_local_ca).toBe("/srv/two.crt");
  });

  test.each(["https://localhost:4443/", "https://127.0.0.1:4443/", "https://127.1.2.3/"])(
    "says so when the issuer is %s and no authority for it is known",
    async (issuer) => {
      const warnings = async (more: Record<string, string>) =>
        (await generate({ AUTH0_ISSUER: issuer, ...more })).get("krakend")?.warnings.join("\n");
      expect(await warnings({})).toMatch(/GATEWAY_CA_FILE/);
      expect(await warnings({ AUTH0_CA_FILE: "/srv/ca.crt" })).not.toMatch(/GATEWAY_CA_FILE/);
    },
  );

  test("logs why a token is refused", () => {
    for (const { extra_config: extra } of krakend().endpoints.filter((one) => one.extra_config["auth/validator"]))
      expect(extra["auth/validator"]?.operation_debug).toBe(true);
  });

  test("keeps a key for ten minutes, in both of its caches together", () => {
    const file = krakend() as unknown as { extra_config: Record<string, Record<string, number>> };
    const shared = file.extra_config["auth/validator"]?.shared_cache_duration ?? 0;
    expect(Number(endpoint("GET", "/users").extra_config["auth/validator"]?.cache_duration) + shared).toBe(600);
  });
});

type Policies = readonly Readonly<Record<string, readonly { action?: Record<string, unknown> }[]>>[];
const pipeline = (folder: string, name: string): Policies => {
  const file = parse(read(folder, "config/gateway.config.yml")) as {
    pipelines: Record<string, { policies: Policies }>;
  };
  return file.pipelines[name]?.policies ?? [];
};
const namesOf = (policies: Policies): string[] => policies.flatMap((policy) => Object.keys(policy));

describe("Express Gateway", () => {
  test("lets the core decide before anything else but preflights, and count what the limit has let through", () => {
    expect(namesOf(pipeline("express-gateway", "get-users-p1"))).toEqual([
      "cors",
      "auth0-authorizer",
      "rate-limit",
      "auth0-meter",
      "proxy",
    ]);
  });

  test("without the core its own policies are told audience, issuer and algorithm", () => {
    const jwt = pipeline("express-gateway-built-in", "get-users-p1").find((policy) => policy.jwt)?.jwt?.[0]?.action;
    expect(jwt).toEqual({
      secretOrPublicKeyFile: "./key/pubKey.pem",
      checkCredentialExistence: false,
      audience: "https://api.example.com/",
      issuer: "https://tenant.example.com/",
      algorithms: ["RS256"],
    });
  });

  test("without the core routes that cost money are closed, unless the token says what is paid for", async () => {
    const closes = (text: string) => text.includes("statusCode: 402");
    expect(closes(read("express-gateway-built-in", "config/gateway.config.yml"))).toBe(true);
    const byToken = await generate({ GATEWAY_PAID_SCOPES: "token" });
    expect(closes(read("express-gateway-built-in", "config/gateway.config.yml", byToken))).toBe(false);
  });

  test("says that it is unmaintained, and what to take instead", () => {
    for (const name of ["express-gateway", "express-gateway-built-in"])
      expect(folders.get(name)?.warnings.join()).toMatch(/no release since 2020.*forward-auth/);
  });
});

describe("what KrakenD cannot do is said, and left out", () => {
  const planWith = async (more: object[], environment: Record<string, string> = {}) => {
    const inputs = await readInputs(root, { ...ENVIRONMENT, ...environment });
    const file = inputs.routesFile as { routes: object[] };
    const routesFile = { backends: { api: "http://127.0.0.1:3001" }, routes: [...file.routes, ...more] };
    const model = planGateways({ ...inputs, routesFile, routes: parseRoutes(routesFile) });
    return byName(renderGateways(model, code)).get("krakend");
  };

  test.each(["OPTIONS", "PROPFIND", "TRACE"])("a route for %s, which it would drop in silence", async (method) => {
    const route = { method, path: "/users/{id}/card", scope: "get:users", backend: "api" };
    const folder = await planWith([route]);
    expect(folder?.warnings.join("\n")).toContain(`${method} /users/{id}/card is left out`);
    expect(folder?.files.find(({ path }) => path === "krakend.json")?.text).not.toContain("/card");
  });

  test.each([
    ["api.example.com/", true],
    ["https://api.example.com/", false],
    ["urn:example/", false],
  ])("a customer claim of the audience %s: it takes dots for nesting", async (audience, isLost) => {
    const folder = await planWith([], { API_IDENTIFIER: audience });
    const claim = `${audience}stripe_customer_id`;
    expect(folder?.warnings.join("\n").includes(`The claim ${claim} is not found`)).toBe(isLost);
  });
});

test.each(["krakend", "express-gateway", "express-gateway-built-in", "aws"])(
  "%s says which issuers' tokens it refuses",
  async (name) => {
    const several = "https://login.example.com/, https://tenant.example.com/";
    const made = await generate({ AUTH0_ISSUER: several });
    expect(made.get(name)?.warnings.join("\n")).toContain(
      "Of the issuers it knows the first: tokens of https://tenant.example.com/ are refused",
    );
    expect(folders.get(name)?.warnings.join("\n")).not.toContain("Of the issuers");
  },
);

describe("warnings", () => {
  test.each([
    ["krakend", /without exp/],
    ["krakend", /server-sent events, is held back; WebSockets do not pass/],
    ["express-gateway-built-in", /one key/],
    ["nginx", /forward-auth service .*503/],
    ["caddy", /forward-auth service .*502/],
    ["nginx", /no token of its own .*backend vault/],
    ["aws", /402 .* arrives as 403/],
  ])("%s says %s", (name, warning) => {
    expect(folders.get(name)?.warnings.join("\n")).toMatch(warning);
  });

  test("of AWS's own authorizer, which does not look at permissions", async () => {
    const byPermissions = await generate({ GATEWAY_SCOPE_CLAIM: "permissions" });
    expect(byPermissions.get("aws")?.warnings.join("\n")).toMatch(/does not look at permissions/);
    expect(folders.get("aws")?.warnings.join("\n")).not.toMatch(/does not look at permissions/);
  });
});

describe("NGINX and Caddy", () => {
  test("set who asks themselves, before anything reaches a backend", () => {
    const nginx = read("nginx", "gateway.conf");
    const caddyfile = read("caddy", "Caddyfile");
    for (const name of ["X-User-Sub", "X-Org-Id", "X-Scopes", "X-Stripe-Customer"]) {
      expect(nginx).toContain(`proxy_set_header ${name} $gateway_${name.toLowerCase().replaceAll("-", "_")};`);
      expect(caddyfile.indexOf(`request_header -${name}`)).toBeLessThan(caddyfile.indexOf("forward_auth 127"));
      expect(caddyfile).toContain(`request_header -${name}`);
    }
    expect(caddyfile.indexOf("\troute {")).toBeLessThan(caddyfile.indexOf("\trequest_header"));
  });

  test("Caddy takes no client's word for which headers are for this connection alone", () => {
    const caddyfile = read("caddy", "Caddyfile");
    expect(caddyfile).toContain("request_header -Connection");
    expect(caddyfile.indexOf("request_header -Connection")).toBeLessThan(caddyfile.indexOf("forward_auth 127"));
  });

  test("keep back what a backend says of CORS itself, where they say it: so does KrakenD", () => {
    expect(read("nginx", "gateway.conf")).toContain("proxy_hide_header Access-Control-Allow-Origin;");
    expect(read("caddy", "Caddyfile")).toContain("header_down -Access-Control-*");
    for (const { backend } of krakend().endpoints)
      expect(backend[0]?.extra_config).toMatchObject({
        "modifier/martian": {
          "header.Blacklist": { scope: ["response"], names: expect.arrayContaining(["Access-Control-Allow-Origin"]) },
        },
      });
  });

  test("leave it to the backend how large a body may be", () => {
    expect(read("nginx", "gateway.conf")).toContain("client_max_body_size 0;");
    expect(read("caddy", "Caddyfile")).not.toContain("max_size");
  });

  test("hand on what comes piece by piece, as server-sent events do", () => {
    expect(read("nginx", "gateway.conf")).toContain("proxy_buffering off;");
  });

  test("verify a backend that speaks TLS", () => {
    expect(read("nginx", "gateway.conf")).toContain("proxy_ssl_verify on;");
  });
});

describe("where tokens come from (RFC 9728)", () => {
  interface Integration {
    readonly "x-amazon-apigateway-integration": { readonly uri: object };
  }
  interface Template {
    readonly Resources: Readonly<Record<string, { readonly Properties: Record<string, unknown> }>>;
  }

  test("is said by AWS from a function of its own, with no authorizer before it", async () => {
    const template = parse(read("aws", "template.yaml")) as Template;
    const { paths } = template.Resources.Api!.Properties.DefinitionBody as {
      paths: Record<string, Record<string, Integration>>;
    };
    const { get } = paths["/.well-known/oauth-protected-resource"]!;
    expect(get).not.toHaveProperty("security");
    const [, name = ""] = /functions\/\$\{(\w+)\.Arn\}/.exec(JSON.stringify(get)) ?? [];
    const exports: { handler?: () => Promise<{ statusCode: number; body: string }> } = {};
    runInNewContext(String(template.Resources[name]?.Properties.InlineCode), { exports });
    const answer = await exports.handler?.();
    expect([answer?.statusCode, JSON.parse(answer?.body ?? "")]).toEqual([
      200,
      {
        resource: "https://api.example.com/",
        authorization_servers: ["https://tenant.example.com/"],
        scopes_supported: ["get:users", "post:users", "delete:users", "get:orders", "post:orders", "get:reports"],
        bearer_methods_supported: ["header"],
        resource_name: "Example API",
      },
    ]);
  });

  test("is said nowhere for an identifier that is not an address, and every gateway says so", async () => {
    const others = await generate({ API_IDENTIFIER: "urn:example:api/" });
    for (const { files, warnings } of others.values()) {
      expect(
        files
          .filter(({ path }) => !path.endsWith(".js"))
          .map(({ text }) => text)
          .join(),
      ).not.toContain("well-known/oauth");
      expect(warnings.join()).toContain("RFC 9728");
    }
    for (const { warnings } of folders.values()) expect(warnings.join()).not.toContain("RFC 9728");
  });
});
