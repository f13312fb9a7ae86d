import { afterAll, describe, expect, test } from "@jest/globals";
import { parseBillingRules } from "../../../gateways/authorizer/billing/rules.ts";
import { parseRoutes } from "../../../gateways/authorizer/routes/route.ts";
import { parseEvent } from "../../../gateways/aws/events.ts";
import { createListGrantable } from "../../../gateways/aws/grantable.ts";
import { createLambdaAuthorizer, type LambdaAuthorizerOptions } from "../../../gateways/aws/handler.ts";
import type { PolicyAnswer } from "../../../gateways/aws/policy.ts";
import { type GatewayOptions, openGateway } from "../../../gateways/open-gateway.ts";
import { listAttacks } from "../support/attacks.ts";
import { createTestSource, subscribed } from "../support/billing-source.ts";
import { isGrantedBy } from "../support/iam.ts";
import { AUDIENCE, createSigningKey, goodClaims, ISSUER, NOW, signToken } from "../support/issuer.ts";
import { envelopes, http2Event, requestEvent, STAGE, tokenEvent } from "../support/lambda-events.ts";

const key = createSigningKey("key-1");
const source = createTestSource();
source.subscriptions.set("cus_paying", [subscribed("active", "prod_reports")]);
const routes = parseRoutes({
  routes: [
    { method: "GET", path: "/health", public: true },
    { method: "GET", path: "/users" },
    { method: "POST", path: "/users" },
    { method: "GET", path: "/users/{id}" },
    { method: "GET", path: "/orders/{id}" },
    { method: "GET", path: "/orders/{id}/secrets", scope: "read:secrets" },
    { method: "GET", path: "/files/*", scope: "read:files" },
    { method: "GET", path: "/reports" },
  ],
});
const rules = parseBillingRules({ scopes: [{ method: "get", baseURL: "reports", meter: "get_reports" }] });
const isPaid = (scope: string) => rules.paid.has(scope);

const open = (options: Partial<LambdaAuthorizerOptions> = {}, settings: Partial<GatewayOptions> = {}) =>
  createLambdaAuthorizer({
    gateway: openGateway({
      issuer: ISSUER,
      audience: AUDIENCE,
      routes,
      rules,
      source,
      metering: "elsewhere",
      clock: () => NOW * 1000,
      fetchKeySet: async () => ({ keys: [key.jwk] }),
      ...settings,
    }),
    ...options,
  });
const bearer = (claims: Record<string, unknown> = {}) => `Bearer ${signToken(key, { ...goodClaims, ...claims })}`;
afterAll(() => expect(source.isDown).toBe(false));

/** What API Gateway makes of it: a status. */
async function askAs(
  make: (typeof envelopes)[keyof typeof envelopes],
  request: Parameters<typeof tokenEvent>[0],
  authorizer = open(),
) {
  const event = make(request);
  // AWS: without an identity source the answer is 401 and the function is not invoked.
  if (request.authorization === undefined) return 401;
  try {
    const answer = await authorizer(event);
    if ("isAuthorized" in answer) return answer.isAuthorized ? 200 : 403;
    return isGrantedBy(answer, String(event.methodArn ?? event.routeArn)) ? 200 : 403;
  } catch (error) {
    return error instanceof Error && error.message === "Unauthorized" ? 401 : 500;
  }
}

describe.each(Object.entries(envelopes))("%s", (_name, make) => {
  test.each(listAttacks(key))("$name is refused with $status", async ({ authorization, status }) => {
    expect(await askAs(make, { authorization })).toBe(status);
  });

  test.each([
    ["a good token", "GET", "/users/12", {}, 200],
    ["a machine with an organization", "GET", "/users/12", { sub: "worker@clients", org_id: "org_1" }, 200],
    ["a slash at the end", "GET", "/users/12/", {}, 200],
    ["a method that its scopes do not cover", "POST", "/users", {}, 403],
    ["a route that is not listed", "DELETE", "/users/12", { scope: "delete:users" }, 403],
    ["a route below another", "GET", "/orders/1/secrets", { scope: "get:orders" }, 403],
    ["a dot segment", "GET", "/users/../orders/1/secrets", {}, 403],
    ["an encoded slash", "GET", "/users/12%2fsecrets", {}, 403],
    ["paid", "GET", "/reports", { scope: "get:reports", [`${AUDIENCE}stripe_customer_id`]: "cus_paying" }, 200],
    ["not paid", "GET", "/reports", { scope: "get:reports", [`${AUDIENCE}stripe_customer_id`]: "cus_other" }, 403],
    ["nobody who pays", "GET", "/reports", { scope: "get:reports" }, 403],
  ])("%s: %s %s", async (_case, method, path, claims, status) => {
    expect(await askAs(make, { method, path, authorization: bearer(claims) })).toBe(status);
  });

  test("billing that does not answer is an error, which API Gateway answers with 500", async () => {
    const down = createTestSource();
    down.isDown = true;
    const claims = { scope: "get:reports", [`${AUDIENCE}stripe_customer_id`]: "cus_paying" };
    expect(await askAs(make, { path: "/reports", authorization: bearer(claims) }, open({}, { source: down }))).toBe(
      500,
    );
  });
});

describe("events that are none", () => {
  test.each([
    ["nothing", undefined],
    ["a list", []],
    ["an event of another kind", { Records: [] }],
    ["no ARN", { type: "TOKEN", authorizationToken: "Bearer x" }],
    [
      "an ARN of another service",
      { ...tokenEvent({ authorization: "Bearer x" }), methodArn: "arn:aws:s3:::bucket/GET/users" },
    ],
    ["no token", tokenEvent({})],
    ["a method that is not the ARN's", { ...requestEvent({ authorization: bearer() }), httpMethod: "DELETE" }],
    ["no path", { ...http2Event({ authorization: bearer() }), rawPath: undefined }],
    ["no context", { ...http2Event({ authorization: bearer() }), requestContext: null }],
  ])("%s is an error, not an answer", async (_name, event) => {
    await expect(open()(event)).rejects.toThrow("not an event of an API Gateway");
  });
});

describe("headers of a REQUEST", () => {
  test("two Authorization headers are refused", async () => {
    const event = requestEvent({ authorization: bearer() });
    await expect(open()({ ...event, multiValueHeaders: { Authorization: [bearer(), "Bearer x"] } })).rejects.toThrow(
      /^Unauthorized$/,
    );
    await expect(
      open()({ ...event, multiValueHeaders: { Authorization: [bearer()], authorization: ["Bearer x"] } }),
    ).rejects.toThrow(/^Unauthorized$/);
    await expect(open()(http2Event({ authorization: `${bearer()},Bearer x` }))).rejects.toThrow(/^Unauthorized$/);
  });

  test("a method in a header is refused", async () => {
    const request = { authorization: bearer(), headers: { "X-HTTP-Method-Override": "DELETE" } };
    expect(await open()(http2Event(request))).toMatchObject({ isAuthorized: false });
  });
});

test("a stage in the path of an HTTP API is not part of what is asked for", async () => {
  const event = http2Event({ authorization: bearer() });
  const staged = { ...event, routeArn: `${STAGE}/GET/users/12`, rawPath: "/prod/users/12" };
  expect(await open()(staged)).toMatchObject({ isAuthorized: true });
});

describe("the context", () => {
  test("has texts only, each of them always", async () => {
    const claims = { org_id: "org_1", scope: "get:users x" };
    expect(await open()(http2Event({ authorization: bearer(claims) }))).toEqual({
      isAuthorized: true,
      context: { sub: "auth0|user-1", org_id: "org_1", scopes: "get:users x", stripe_customer: "" },
    });
    expect(await open()(http2Event({ authorization: bearer({ scope: "x" }) }))).toEqual({
      isAuthorized: false,
      context: { sub: "", org_id: "", scopes: "", stripe_customer: "", error: "insufficient_scope", status: "403" },
    });
  });
});

describe("a policy may be kept for the token and lets nobody in", () => {
  const ask = async (
    path: string,
    claims: Record<string, unknown>,
    options: Partial<LambdaAuthorizerOptions> = {},
    method = "GET",
  ) => (await open(options)(tokenEvent({ method, path, authorization: bearer(claims) }))) as PolicyAnswer;
  const cached = { listGrantable: createListGrantable(routes, isPaid) };
  const all = {
    scope: "get:users post:users get:orders read:files get:reports",
    [`${AUDIENCE}stripe_customer_id`]: "cus_paying",
  };
  const grants = (policy: PolicyAnswer, resource: string) => isGrantedBy(policy, `${STAGE}/${resource}`);

  test("without a word on caching it names the one request", async () => {
    const policy = await ask("/users/12", all);
    expect(policy.principalId).toBe("auth0|user-1");
    expect(policy.policyDocument.Statement).toEqual([
      { Action: "execute-api:Invoke", Effect: "Allow", Resource: [`${STAGE}/GET/users/12`] },
    ]);
  });

  test.each(["/users/*", "/users/?", "/users/1*", "/users/$%7Baws:userid%7D"])(
    "%s cannot be named, and is refused",
    async (path) => {
      const policy = await ask(path, all);
      expect(policy.policyDocument.Statement[0]?.Effect).toBe("Deny");
      expect(grants(policy, "GET/users/12")).toBe(false);
    },
  );

  test("cached by token it names what the token is good for", async () => {
    const policy = await ask("/users/12", all, cached);
    for (const resource of ["GET/users/12", "GET/users/13", "GET/users", "POST/users", "GET/files/a/b", "GET/health"])
      expect([resource, grants(policy, resource)]).toEqual([resource, true]);
    for (const resource of ["DELETE/users/12", "GET/reports", "POST/orders", "GET/other"])
      expect([resource, grants(policy, resource)]).toEqual([resource, false]);
  });

  test("a pattern that would open a route below it is left out until that is granted too", async () => {
    const policy = await ask("/orders/1", all, cached);
    expect(grants(policy, "GET/orders/1")).toBe(true);
    expect(grants(policy, "GET/orders/1/secrets")).toBe(false);
    expect(grants(policy, "GET/orders/2")).toBe(false);
    const full = await ask("/orders/1", { ...all, scope: `${all.scope} read:secrets` }, cached);
    expect(grants(full, "GET/orders/2")).toBe(true);
    expect(grants(full, "GET/orders/1/secrets")).toBe(true);
  });

  test("a paid route is named only when it is asked for and paid", async () => {
    expect(grants(await ask("/reports", all, cached), "GET/reports")).toBe(true);
    expect(grants(await ask("/users", all, cached), "GET/reports")).toBe(false);
  });

  test("a refusal that is kept leaves the rest open, and the refused closed", async () => {
    const policy = await ask("/orders/1/secrets", all, cached);
    expect(grants(policy, "GET/orders/1/secrets")).toBe(false);
    expect(grants(policy, "GET/users/12")).toBe(true);
  });

  test("without the right organization nothing is open", async () => {
    const outside = open(cached, { organizations: ["org_1"] });
    const policy = (await outside(tokenEvent({ authorization: bearer({ ...all, org_id: "org_2" }) }))) as PolicyAnswer;
    expect(policy.policyDocument.Statement).toEqual([
      { Action: "execute-api:Invoke", Effect: "Deny", Resource: [`${STAGE}/*`] },
    ]);
  });

  test("whatever is kept, no route is open that would be refused when asked", async () => {
    const authorizer = open(cached);
    const requests = [
      "GET /users",
      "POST /users",
      "GET /users/1",
      "GET /orders/1",
      "GET /orders/1/secrets",
      "GET /files/a/b",
      "GET /reports",
    ];
    const scopes = ["get:users", "post:users", "get:orders", "read:secrets", "read:files"];
    for (let bits = 0; bits < 2 ** scopes.length; bits++) {
      const claims = { scope: scopes.filter((_scope, index) => bits & (1 << index)).join(" ") };
      for (const first of ["GET /users/1", "GET /orders/1", "GET /reports"]) {
        const [method = "", path = ""] = first.split(" ");
        const kept = (await authorizer(tokenEvent({ method, path, authorization: bearer(claims) }))) as PolicyAnswer;
        for (const request of requests) {
          const [nextMethod = "", nextPath = ""] = request.split(" ");
          if (!grants(kept, `${nextMethod}${nextPath}`)) continue;
          expect(
            await askAs(tokenEvent, { method: nextMethod, path: nextPath, authorization: bearer(claims) }, authorizer),
          ).toBe(200);
        }
      }
    }
  });

  test("one that would be too large names the one request", async () => {
    const many = parseRoutes({
      routes: Array.from({ length: 300 }, (_, index) => ({
        method: "GET",
        path: `/users/item-${index}`,
        scope: "get:users",
      })),
    });
    const authorizer = open({ listGrantable: createListGrantable(many, isPaid) }, { routes: many });
    const policy = (await authorizer(tokenEvent({ path: "/users/item-7", authorization: bearer() }))) as PolicyAnswer;
    expect(policy.policyDocument.Statement[0]?.Resource).toEqual([`${STAGE}/GET/users/item-7`]);
  });
});

describe("the path of an HTTP API's event", () => {
  test.each([
    ["behind the mapping key", "/v1/users", "/users"],
    ["at the mapping key itself", "/v1", "/"],
    ["at the mapping key and its slash", "/v1/", "/"],
    ["behind what only begins so", "/v11/users", "/v11/users"],
  ])("%s: %s", (_where, rawPath, target) => {
    const event = { ...http2Event({ basePath: "/v1" }), rawPath, rawQueryString: "" };
    expect(parseEvent(event, "/v1")?.request.target).toBe(target);
  });

  test("at a stage itself is the root", () => {
    const event = { ...http2Event({}), routeArn: `${STAGE}/GET/`, rawPath: "/prod", rawQueryString: "" };
    expect(parseEvent(event)?.request.target).toBe("/");
  });
});

test.each([
  ["HTTP, payload 2.0", { ...http2Event({ method: "POST", path: "/users" }), rawQueryString: "x=1&_method=DELETE" }],
  [
    "REST, REQUEST",
    { ...requestEvent({ method: "POST", path: "/users" }), queryStringParameters: { _method: "DELETE" } },
  ],
  [
    "REST, REQUEST, with several values",
    {
      ...requestEvent({ method: "POST", path: "/users" }),
      multiValueQueryStringParameters: { _method: ["POST", "DELETE"], x: ["1"] },
    },
  ],
])("the core is told the query of %s", async (_name, event) => {
  const headers = { Authorization: `Bearer ${signToken(key, { ...goodClaims, scope: "post:users" })}` };
  const answer = await open({ responses: "policy" })({ ...event, headers, multiValueHeaders: {} });
  expect(answer).toMatchObject({ context: { error: "invalid_method" } });
});
