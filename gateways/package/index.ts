export type { Allowed, Decision, Public, RefusalCode, Refused, Usage } from "../authorizer/decision.ts";
export { ConfigurationError } from "../authorizer/problems.ts";
export { type ApiGatewaySettings, openApiGateway } from "../open-api-gateway.ts";
export type { Gateway } from "../open-gateway.ts";
