import type { RetryPolicy } from "../retrying-fetch.ts";

type Sections = Readonly<Record<string, unknown>>;

/** How the child reaches the tenant. */
export interface Access {
  readonly domain: string;
  /** A Management API token: the child has no use for the client's secret. */
  readonly accessToken: string;
  /** How long the child waits for answers. */
  readonly retryPolicy?: Partial<RetryPolicy>;
}

/** What the parent hands to the child, once, over IPC: sections hold secrets, so they are never in a file or in argv. */
export type CliRequest = WriteRequest | ReadRequest | LoadRequest;

export interface WriteRequest extends Access {
  readonly task: "write";
  /** Sections of a tenant document, with all keywords filled and the content of files in the place of their names. */
  readonly document: Sections;
}

/** An export of these sections, with the content of its files in the place of their names. */
export interface ReadRequest extends Access {
  readonly task: "read";
  readonly sections: readonly string[];
  /** Of the prompts' parts, those that are wanted (kinds/handed-over/prompt-parts.ts); without it all. */
  readonly promptParts?: readonly string[];
  /** What cannot be read is named in the answer instead of ending the work. */
  readonly passesOver?: true;
}

/** An export that is on this machine, in the Deploy CLI's directory format. The tenant is not asked. */
export interface LoadRequest {
  readonly task: "load";
  readonly folder: string;
  readonly sections: readonly string[];
}

/** A section, or a part of one, that a tenant refused to show. */
export interface Unread {
  readonly section: string;
  /** `403 Insufficient scope, …` */
  readonly reason: string;
  /** Any one of these would do. */
  readonly scopes?: readonly string[];
}

/** An error of the Deploy CLI as far as it can cross a process boundary. */
export interface CliFailure {
  readonly message: string;
  /** The resource type that the Deploy CLI was at. */
  readonly type?: string;
}

/** A request for something that the tenant did not answer. */
export interface RefusedRead {
  /** Under `/api/v2`, without a query. */
  readonly path: string;
  readonly status: number;
  readonly message: string;
}

/** A request that changes something, under `/api/v2`. */
export interface WrittenRequest {
  /** In the order of sending. */
  readonly number: number;
  readonly method: "POST" | "PATCH" | "PUT";
  readonly path: string;
  readonly body: unknown;
  /** What was there; undefined for nothing. */
  readonly before: unknown;
  /** Only once it was answered with a success. */
  readonly answer?: unknown;
}

/** What the child answers: notes and requests as they come, then one of the other two. Its log goes to its standard output. */
export type CliReply =
  | { readonly kind: "request"; readonly request: WrittenRequest }
  | { readonly kind: "note"; readonly text: string }
  | {
      readonly kind: "done";
      readonly peakMemory: number;
      readonly sections: Sections;
      readonly unread: readonly Unread[];
      readonly refused: readonly RefusedRead[];
    }
  | { readonly kind: "failed"; readonly failure: CliFailure; readonly peakMemory: number };
