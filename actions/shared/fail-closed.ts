import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import { ActionError } from "./action-error.ts";

/** All that a user is told when an Action fails: an error's own text could carry anything. */
export const LOGIN_FAILED = "We could not complete your login. Please try again, or contact support.";

/**
 * Runs an Action's work and denies the login if it throws. Without this the platform would deny it with the error's own
 * message as `error_description` (Auth0 support: "How does access_denied get its description").
 *
 * @param action the Action's name, which starts the line in the log
 */
export async function failClosed(action: string, api: PostLoginAPI, work: () => void | Promise<void>) {
  try {
    await work();
  } catch (error) {
    console.error(`${action}: ${renderFailure(error)}`);
    api.access.deny(LOGIN_FAILED);
  }
}

/** For the log. Of an error that was not foreseen, its kind and where it was thrown: its message may quote its input. */
export function renderFailure(error: unknown): string {
  if (error instanceof ActionError) return `${error.code}: ${error.message}`;
  const foreign: NodeJS.ErrnoException =
    error instanceof Error ? error : { name: `${typeof error} thrown`, message: "" };
  const { name, code, stack = "" } = foreign;
  const [frames = ""] = /(\n\s+at .*){1,5}/.exec(stack) ?? [];
  return `unexpected ${name}${typeof code === "string" ? ` ${code}` : ""}${frames}`;
}
