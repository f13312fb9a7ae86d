import { existsSync, readFileSync } from "node:fs";
import { openApiGateway } from "auth0-stripe-gateway";
import { authorizeFastify } from "auth0-stripe-gateway/fastify";
import fastify from "fastify";

/** A Fastify API that decides and charges by itself. docs/gateways.md says how it is installed and started. */
const { env } = process;
const rulesFile = env.STRIPE_RULES_FILE ?? "stripe.json";
if (!existsSync(rulesFile)) {
  console.error(`There is no ${rulesFile}. Set STRIPE_RULES_FILE to the file that lists what costs money.`);
  process.exit(2);
}
const gateway = openApiGateway({
  issuer: env.AUTH0_ISSUER ?? "",
  audience: env.API_IDENTIFIER ?? "",
  jwksUrl: env.AUTH0_JWKS_URL,
  router: "fastify",
  routes: [
    { method: "GET", path: "/users/{id}" },
    { method: "GET", path: "/reports/{id}" },
  ],
  prices: JSON.parse(readFileSync(rulesFile, "utf8")),
  stripe: { secretKey: env.STRIPE_GATEWAY_KEY ?? "", url: env.STRIPE_API_URL },
  metering: { directory: env.METERING_DIRECTORY ?? "usage" },
});

const app = fastify();
app.addHook("onRequest", authorizeFastify(gateway));
app.get("/users/:id", async (request) => ({ you: request.authorized.subject }));
app.get("/reports/:id", async (request) => ({ paidBy: request.authorized.customer }));
app.addHook("onClose", () => gateway.close());

console.log(`The API answers on ${await app.listen({ port: Number(env.PORT ?? 3001), host: "127.0.0.1" })}`);
// What was counted is sent, and the journal given back.
process.once("SIGTERM", () => app.close());
