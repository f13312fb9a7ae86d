import type { Context } from "hono";
import { InvalidRequest } from "../oauth-error.ts";

/** Parameters of a request to an endpoint for clients, form or JSON; a JSON value that is not a string stays as it came. */
export type Parameters = Readonly<Record<string, unknown>>;

/** @throws {OAuthError} `invalid_request` */
export async function readParameters(context: Context): Promise<Parameters> {
  const text = await context.req.text();
  if (!/^application\/json\b/i.test(context.req.header("content-type") ?? "")) return readFormParameters(text);
  const body = parseJson(text);
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Parameters;
  throw new InvalidRequest("Invalid request payload JSON format");
}

/** RFC 6749 §3.2: each at most once. */
function readFormParameters(text: string): Parameters {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (parameters.has(name)) throw new InvalidRequest(`Duplicate parameter: ${name}`);
    parameters.set(name, value);
  }
  return Object.fromEntries(parameters);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws {OAuthError} `invalid_request` */
export function readRequired(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (typeof value === "string" && value !== "") return value;
  throw new InvalidRequest(`Missing required parameter: ${name}`);
}

/** @throws {OAuthError} `invalid_request` for a value that is not a string */
export function readOptional(parameters: Parameters, name: string): string | undefined {
  const value = parameters[name];
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string") return value;
  throw new InvalidRequest(`Parameter '${name}' must be a string`);
}
