import { ActionError } from "../../actions/shared/action-error.ts";
import { CommandError, usageError } from "../command.ts";
import { isMapping } from "../tenant/shape.ts";

/** What the Actions' rules and Auth0's SDK throw, as something to do about it; anything else as it is. */
export function explainFailure(error: unknown): unknown {
  if (error instanceof ActionError) return usageError("CONFIGURATION_REFUSED", error.message, error);
  if (!isMapping(error) || error instanceof CommandError || typeof error.statusCode !== "number") return error;
  if (error.statusCode === 403) {
    return usageError(
      "BACKFILL_SCOPE_MISSING",
      "The client of WEBHOOK_CLIENT_ID lacks read:users or update:users_app_metadata. Grant it both for the Management API, then run this again.",
      error,
    );
  }
  return new CommandError(
    "BACKFILL_STOPPED",
    `Stopped: Auth0 answered ${error.statusCode}. What is done stays; the same command goes on from there.`,
    { cause: error },
  );
}
