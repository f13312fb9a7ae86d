import { readFileSync } from "node:fs";
import { Agent, request as httpsRequest } from "node:https";
import { join } from "node:path";
import { type LocalTenant, type LocalTenantOptions, startLocalTenant } from "../../local/auth0/server.ts";

/** Keys and certificates are made once a checkout, as on a user's machine; state is each test's own. */
export const localDirectory = join(import.meta.dirname, "../../.local");
const project = join(import.meta.dirname, "../..");

export function startTestTenant(options: Partial<LocalTenantOptions> = {}): Promise<LocalTenant> {
  return startLocalTenant({ directory: localDirectory, project, ...options });
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

export interface Call {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a string as it is. */
  readonly body?: unknown;
}

/** A connection is kept for the next request: a TLS handshake costs both ends, which are one process here, more than an answer. */
const agents = new Map<string, Agent>();
function agentFor({ caFile }: Pick<LocalTenant, "caFile">): Agent {
  const agent = agents.get(caFile) ?? new Agent({ keepAlive: true, ca: readFileSync(caFile) });
  agents.set(caFile, agent);
  return agent;
}

/** How a tenant in another process is reached, as `npm run local` prints it. */
type Access = Pick<LocalTenant, "caFile" | "domain">;

/** One request to the tenant, its certificate verified against the local authority. */
export function call(
  tenant: Access,
  path: string,
  { method = "GET", token, headers = {}, body }: Call = {},
): Promise<Answer> {
  const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      `https://${tenant.domain}${path}`,
      {
        method,
        agent: agentFor(tenant),
        headers: {
          ...(text !== undefined && { "content-type": "application/json" }),
          ...(text !== undefined &&
            headers["transfer-encoding"] === undefined && { "content-length": Buffer.byteLength(text) }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const received = Buffer.concat(chunks).toString();
          const isJson = response.headers["content-type"]?.includes("json") ?? false;
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: isJson ? (JSON.parse(received) as unknown) : received,
          });
        });
      },
    );
    request.on("error", reject);
    request.end(text);
  });
}

/** A Management API token of the deploying client, with all its scopes or only these. */
export async function managementToken(
  tenant: Access & Pick<LocalTenant, "clientId" | "clientSecret">,
  scope?: string,
): Promise<string> {
  const answer = await call(tenant, "/oauth/token", {
    method: "POST",
    body: {
      grant_type: "client_credentials",
      client_id: tenant.clientId,
      client_secret: tenant.clientSecret,
      audience: `https://${tenant.domain}/api/v2/`,
      ...(scope !== undefined && { scope }),
    },
  });
  if (answer.status !== 200) throw new Error(`no token: ${answer.status} ${JSON.stringify(answer.body)}`);
  return (answer.body as { access_token: string }).access_token;
}
