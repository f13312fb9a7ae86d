import { ConfigurationError } from "../../gateways/authorizer/problems.ts";
import { bundleLambda } from "../../gateways/aws/bundle-lambda.ts";
import { renderAws } from "../../gateways/aws/render-aws.ts";
import { renderCaddy } from "../../gateways/caddy/render-caddy.ts";
import {
  renderBuiltInExpressGateway,
  renderExpressGateway,
} from "../../gateways/express-gateway/render-express-gateway.ts";
import { renderKrakend } from "../../gateways/krakend/render-krakend.ts";
import type { GatewayFolder, GatewayModel, RenderedFile } from "../../gateways/model/gateway-model.ts";
import { renderNginx } from "../../gateways/nginx/render-nginx.ts";
import { bundlePlugin } from "./bundle-plugin.ts";
import { planModel } from "./plan-model.ts";
import { type GatewayInputs, refuse } from "./read-inputs.ts";

/** What is compiled for gateways that run code of ours. */
interface GatewayCode {
  /** Of Express Gateway. */
  readonly plugin: readonly RenderedFile[];
  /** Of AWS. */
  readonly lambda: string;
}

/** @throws {CommandError} GATEWAYS_CONFIGURATION when tenant, routes, prices and environment do not fit together */
export async function generateGateways(inputs: GatewayInputs): Promise<readonly GatewayFolder[]> {
  const model = planGateways(inputs);
  return renderGateways(model, await bundleCode(model, inputs));
}

export async function bundleCode(model: GatewayModel, { routesFile, stripeJson }: GatewayInputs): Promise<GatewayCode> {
  const rulesFile = model.paidScopes === "token" ? { scopes: [] } : stripeJson;
  const [plugin, lambda] = await Promise.all([bundlePlugin(model, rulesFile), bundleLambda({ routesFile, rulesFile })]);
  return { plugin, lambda };
}

/** A folder for each gateway. */
export function renderGateways(model: GatewayModel, { plugin, lambda }: GatewayCode): readonly GatewayFolder[] {
  return [
    renderKrakend(model),
    renderExpressGateway(model, plugin),
    renderBuiltInExpressGateway(model),
    renderNginx(model),
    renderCaddy(model),
    renderAws(model, lambda),
  ];
}

/** @throws {CommandError} GATEWAYS_CONFIGURATION */
export function planGateways(inputs: GatewayInputs): GatewayModel {
  try {
    return planModel(inputs);
  } catch (error) {
    if (error instanceof ConfigurationError) throw refuse(error.problems, error);
    throw error;
  }
}
