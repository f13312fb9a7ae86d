import type { Tenant } from "../tenant.ts";
import type { Endpoint, EndpointRequest, Reply } from "./endpoint.ts";

const MASK = "*****";
/** Long texts (an Action's code) would fill the log with what the resource itself shows. */
const LONGEST_TEXT = 1_000;

/** Leaves a `sapi` entry for a write that succeeded, with its body and answer, secrets masked. */
export function logOperation(
  { logs, state }: Pick<Tenant, "logs" | "state">,
  endpoint: Endpoint,
  request: EndpointRequest,
  reply: Reply,
  path: string,
): void {
  logs.write({
    type: "sapi",
    description: endpoint.summary ?? describe(endpoint),
    client_id: request.clientId,
    client_name: state.clients.get(request.clientId)?.name ?? "",
    ip: request.ip,
    user_agent: request.userAgent,
    details: {
      request: {
        method: endpoint.method.toLowerCase(),
        path,
        query: request.query,
        userAgent: request.userAgent,
        body: maskSecrets(request.body ?? {}),
        channel: "api",
        ip: request.ip,
        auth: { user: {}, strategy: "jwt", credentials: {} },
      },
      response: { statusCode: reply.status, body: maskSecrets(reply.body ?? {}) },
    },
  });
}

/** "Update users", for endpoints without a summary of their own. */
function describe({ method, path }: Endpoint): string {
  const verb = { GET: "Get", POST: "Create", PUT: "Set", PATCH: "Update", DELETE: "Delete" }[method];
  const nouns = path.split("/").filter((part) => part !== "" && !part.startsWith(":"));
  return `${verb} ${nouns.join(" ").replaceAll("-", " ")}`;
}

/** A copy without what must not be read in a log: secrets, passwords, tokens, keys, and all of an Action's values. */
function maskSecrets(value: unknown, key = "", isInSecrets = false): unknown {
  if (typeof value === "string") {
    if (isInSecrets ? key === "value" : isSecretName(key)) return MASK;
    return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}… (${value.length} characters)` : value;
  }
  if (Array.isArray(value)) return value.map((item) => maskSecrets(item, key, isInSecrets));
  if (typeof value !== "object" || value === null) return value;
  // The settings of a custom database are secrets under names of the user's choice.
  if (key === "configuration") return Object.fromEntries(Object.keys(value).map((name) => [name, MASK]));
  const secrets = isInSecrets || key === "secrets";
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskSecrets(inner, name, secrets)]));
}

function isSecretName(name: string): boolean {
  return /(secret|password|token|pem|private_?key|api_?key|ticket_id|invitation_url)s?$/i.test(name);
}
