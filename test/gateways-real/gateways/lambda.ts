import { createLambdaAuthorizer } from "../../../gateways/aws/handler.ts";
import { isGrantedBy } from "../../gateways/support/iam.ts";
import { envelopes } from "../../gateways/support/lambda-events.ts";
import type { Outcome, SentRequest, TestedGateway } from "./gateway.ts";

type MakeEvent = (typeof envelopes)[keyof typeof envelopes];

/** AWS is not here: its handler in every envelope, and what its developer guide says that API Gateway makes of the answer. */
export const lambdas: readonly TestedGateway[] = Object.entries(envelopes).map(([name, makeEvent]) => ({
  name: `Lambda, ${name}`,
  meters: "elsewhere",
  // API Gateway writes its own.
  challenges: false,
  async start(world) {
    const gateway = await world.openGateway(`lambda ${name}`, "elsewhere");
    const authorizer = createLambdaAuthorizer({ gateway });
    return {
      send: async (request) => ask(request, makeEvent, authorizer),
      close: () => gateway.close(),
    };
  },
}));

async function ask(
  { method, path, headers }: SentRequest,
  makeEvent: MakeEvent,
  authorizer: ReturnType<typeof createLambdaAuthorizer>,
): Promise<Outcome | undefined> {
  // The template has no authorizer on public routes, and API Gateway answers preflights itself.
  if (path === "/health" || method === "OPTIONS") return undefined;
  const tokens = headers.filter((line) => /^authorization:/i.test(line)).map(readValue);
  // Without an identity source the function is not invoked.
  if (tokens.length === 0) return refused(401);
  const others = headers.filter((line) => !/^authorization:/i.test(line));
  const event = makeEvent({
    method,
    path: path.split("?")[0] ?? "",
    // HTTP APIs join several headers of a name by commas.
    authorization: tokens.join(","),
    headers: Object.fromEntries(others.map((line) => [line.slice(0, line.indexOf(":")), readValue(line)])),
  });
  try {
    const answer = await authorizer(event);
    const isGranted =
      "isAuthorized" in answer ? answer.isAuthorized : isGrantedBy(answer, String(event.methodArn ?? event.routeArn));
    const { sub, org_id: organization, scopes, stripe_customer: customer } = answer.context;
    const identity = { "x-user-sub": sub, "x-org-id": organization, "x-scopes": scopes, "x-stripe-customer": customer };
    return isGranted ? { ...refused(200), identity } : refused(403);
  } catch (error) {
    return refused(error instanceof Error && error.message === "Unauthorized" ? 401 : 500);
  }
}

const readValue = (line: string): string => line.slice(line.indexOf(":") + 1).trim();

const refused = (status: number): Outcome => ({
  status,
  wwwAuthenticate: undefined,
  allowedOrigin: undefined,
  identity: undefined,
  forwarded: undefined,
});
