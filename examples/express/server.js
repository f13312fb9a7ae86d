import { existsSync, readFileSync } from "node:fs";
import { openApiGateway } from "auth0-stripe-gateway";
import { authorizeExpress } from "auth0-stripe-gateway/express";
import { openAnswerWebhook } from "auth0-stripe-gateway/webhooks";
import express from "express";

/** An Express API that decides and charges by itself. docs/gateways.md says how it is installed and started. */
const { env } = process;
const rulesFile = env.STRIPE_RULES_FILE ?? "stripe.json";
if (!existsSync(rulesFile)) {
  console.error(`There is no ${rulesFile}. Set STRIPE_RULES_FILE to the file that lists what costs money.`);
  process.exit(2);
}
const stripe = { secretKey: env.STRIPE_GATEWAY_KEY ?? "", url: env.STRIPE_API_URL };
const gateway = openApiGateway({
  issuer: env.AUTH0_ISSUER ?? "",
  audience: env.API_IDENTIFIER ?? "",
  jwksUrl: env.AUTH0_JWKS_URL,
  // Express takes the first route that matches: here they stand in the order in which they are registered below.
  router: "express",
  routes: [
    { method: "GET", path: "/users/{id}" },
    { method: "GET", path: "/reports/{id}" },
  ],
  prices: JSON.parse(readFileSync(rulesFile, "utf8")),
  stripe,
  metering: { directory: env.METERING_DIRECTORY ?? "usage" },
});

const app = express();
if (env.STRIPE_WEBHOOK_SECRET) {
  const answerWebhook = openAnswerWebhook({ gateway, stripe, secrets: [env.STRIPE_WEBHOOK_SECRET] });
  app.post("/webhooks/stripe", express.text({ type: "*/*", limit: "1mb" }), async (request, response) => {
    const { status, body } = await answerWebhook(request.body, request.get("stripe-signature"));
    response.status(status).json(body);
  });
}
app.use(authorizeExpress(gateway));
app.get("/users/:id", (request, response) => {
  response.json({ you: request.authorized.subject });
});
app.get("/reports/:id", (request, response) => {
  response.json({ paidBy: request.authorized.customer });
});

const server = app.listen(Number(env.PORT ?? 3001), "127.0.0.1", () => {
  console.log(`The API answers on http://127.0.0.1:${server.address().port}`);
});
// What was counted is sent, and the journal given back.
process.once("SIGTERM", () => server.close(() => gateway.close()));
