/** `#testing`: what tests of Actions begin with (docs/actions.md). */
export { buildClientCredentialsEvent } from "./client-credentials-event.ts";
export { API_IDENTIFIER, buildEvent, type EventChanges, type LoginKind, loginKinds, NOW } from "./event.ts";
export { type ActionRun, type RunOptions, runAction } from "./run-action.ts";
