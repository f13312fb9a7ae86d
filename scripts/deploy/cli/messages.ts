import type { RetryPolicy } from "../retrying-fetch.ts";

/** What the parent hands to the child, once, over IPC: the document holds secrets, so it is never in a file or in argv. */
export interface DeployRequest {
  /** A tenant document in the Deploy CLI's own format, with all keywords filled. */
  readonly document: Readonly<Record<string, unknown>>;
  /** The Deploy CLI resolves `code: ./dist/...` against it. */
  readonly directory: string;
  readonly domain: string;
  /** A Management API token: the child has no use for the client's secret. */
  readonly accessToken: string;
  /** How long the child waits for answers. */
  readonly retryPolicy?: Partial<RetryPolicy>;
}

/** An error of the Deploy CLI as far as it can cross a process boundary. */
export interface CliFailure {
  readonly message: string;
  /** The resource type that the Deploy CLI was at. */
  readonly type?: string;
}

/** What the child answers: notes as they come, then one of the other two. Its log goes to its standard output. */
export type DeployReply =
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "done"; readonly peakMemory: number }
  | { readonly kind: "failed"; readonly failure: CliFailure; readonly peakMemory: number };
