import { ManagementError } from "auth0";

/** No answer, or a 5xx: whether the request was carried out can only be seen in the tenant. */
export function isLostAnswer(error: unknown): boolean {
  if (error instanceof ManagementError) return error.statusCode === undefined || error.statusCode >= 500;
  return error instanceof Error && /timeout|fetch failed|aborted/i.test(`${error.name} ${error.message}`);
}
