import { caddy } from "./caddy.ts";
import { builtInExpressGateway, expressGateway } from "./express-gateway.ts";
import type { TestedGateway } from "./gateway.ts";
import { core, middleware } from "./in-process.ts";
import { krakend } from "./krakend.ts";
import { lambdas } from "./lambda.ts";
import { nginx } from "./nginx.ts";

/** The columns, in order. */
export const gateways: readonly TestedGateway[] = [
  core,
  middleware,
  nginx,
  caddy,
  krakend,
  expressGateway,
  builtInExpressGateway,
  ...lambdas,
];
