export { type Authorize, type Authorizer, type AuthorizerOptions, createAuthorizer } from "../authorizer/authorizer.ts";
export type { Decision } from "../authorizer/decision.ts";
export { ConfigurationError } from "../authorizer/problems.ts";
export type { AuthorizationRequest } from "../authorizer/request.ts";
export { parseRoutes, type Route } from "../authorizer/routes/route.ts";
