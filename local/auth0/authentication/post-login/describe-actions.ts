import type { LoginOutcome } from "../../actions/outcome.ts";

/** What the tenant log says of the Actions that ran; nothing where none did. */
export const describeActions = ({
  logDetails,
}: Pick<LoginOutcome, "logDetails">): { readonly actions?: LoginOutcome["logDetails"] } =>
  logDetails === undefined ? {} : { actions: logDetails };
