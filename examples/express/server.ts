import { readFileSync } from "node:fs";
import express from "express";
import { parseBillingRules } from "../../gateways/authorizer/billing/rules.ts";
import { parseRoutes } from "../../gateways/authorizer/routes/route.ts";
import { openStripe } from "../../gateways/billing/stripe-client.ts";
import { createSendMeterEvent } from "../../gateways/billing/stripe-meter-events.ts";
import { createStripeSource } from "../../gateways/billing/stripe-source.ts";
import { authorizeExpress, type ExpressRequest } from "../../gateways/middleware/express.ts";
import { openGateway } from "../../gateways/open-gateway.ts";

/** An Express API that decides and charges by itself. docs/gateways.md says how it is built and started. */
const { AUTH0_ISSUER = "", API_IDENTIFIER = "", STRIPE_GATEWAY_KEY = "", ...env } = process.env;
const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

const log = (line: string): void => console.error(line);

const stripe = openStripe({ secretKey: STRIPE_GATEWAY_KEY, url: env.STRIPE_API_URL });
const gateway = openGateway({
  issuer: AUTH0_ISSUER,
  audience: API_IDENTIFIER,
  jwksUrl: env.AUTH0_JWKS_URL,
  // Express takes the first route that matches: here they stand in the order in which they are registered below.
  router: "express",
  routes: parseRoutes({
    routes: [
      { method: "GET", path: "/users/{id}" },
      { method: "GET", path: "/reports/{id}" },
    ],
  }),
  rules: parseBillingRules(readJson(env.STRIPE_RULES_FILE ?? "stripe.json")),
  source: createStripeSource(stripe),
  log,
  metering: {
    directory: env.METERING_DIRECTORY ?? "usage",
    send: createSendMeterEvent(stripe),
    log,
  },
});

const app = express();
app.use(authorizeExpress(gateway));
app.get("/users/:id", (request: ExpressRequest, response: express.Response) => {
  response.json({ you: request.authorized?.subject });
});
app.get("/reports/:id", (request: ExpressRequest, response: express.Response) => {
  response.json({ paidBy: request.authorized?.customer });
});

const server = app.listen(Number(env.PORT ?? 3001), "127.0.0.1", () => {
  const address = server.address();
  console.log(`The API answers on http://127.0.0.1:${typeof address === "object" ? address?.port : address}`);
});
// What was counted is sent, and the journal given back.
process.once("SIGTERM", () => server.close(() => void gateway.close()));
