import type { Event } from "@auth0/actions/post-login/v3";
import type { PackageVersion } from "../../auth0/actions/packages/package-folders.ts";
import type { RunResult, WatchedRun } from "../../auth0/actions/runtime/protocol.ts";

/** The sources that the tenant's Actions are built from, and their tests. */
export interface Checkout {
  /**
   * What a deploy would send now, by the Actions' names.
   *
   * @throws {Error} with a `code`, and a message for a person, when it cannot be built
   */
  build(): Promise<ReadonlyMap<string, CheckoutAction>>;
  /**
   * Writes a unit test that expects what the Action did; resolves to its path.
   *
   * @throws {Error} with a `code`, and a message for a person, when this is nothing for a unit test
   */
  saveTest(replayed: ReplayedAction): Promise<string>;
  /**
   * Writes a row of the rehearsal that expects what the login came to; resolves to its path.
   *
   * @throws {Error} with a `code`, and a message for a person, when a rehearsal has no such login
   */
  saveRow(login: ReplayedLogin): Promise<string>;
}

export interface CheckoutAction {
  readonly code: string;
  readonly dependencies: readonly PackageVersion[];
}

/** One Action of a replay. */
export interface ReplayedAction {
  readonly name: string;
  /** As the Action was given it, its secrets included. */
  readonly event: Event;
  /** Whether it went on after a redirect. */
  readonly isContinuing: boolean;
  /** ISO 8601, of the login. */
  readonly seenAt: string;
  /** The same twice: what differs between them depends on more than the event. */
  readonly runs: readonly [WatchedRun, WatchedRun];
}

/** A whole login, through the code of the checkout. */
export interface ReplayedLogin {
  /** As its first Action was given it, without secrets. */
  readonly event: Event;
  /** ISO 8601. */
  readonly seenAt: string;
  /** Of each Action. */
  readonly secrets: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** URLs that its Actions asked. */
  readonly requests: readonly string[];
  /** The same twice, as of ReplayedAction. */
  readonly outcomes: readonly [RunResult, RunResult];
}
