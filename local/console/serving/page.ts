import type { SSEStreamingApi } from "hono/streaming";
import type { Tenant } from "../../auth0/tenant.ts";
import type { Markup } from "../../http/html-page.ts";

/** A request for a page, or of a form of one. */
export interface Visit {
  readonly tenant: Tenant;
  /** Of the path; empty where it has none. */
  param(name: string): string;
  query(name: string): string;
  /** Goes along with every form: what another site's page cannot know. */
  readonly token: string;
  /** As pages show it. */
  readonly hide: Hide;
}

export interface Content {
  readonly title: string;
  /** Of the navigation: the path of the page that this one belongs to. */
  readonly section: string;
  readonly content: Markup;
}

/** What a page shows, as data, and how it shows that. */
interface PageDefinition<View extends object> {
  /** As hono writes paths; its last parameter may be followed by `.json`. */
  readonly path: string;
  /** @throws {ConsoleError} */
  read(visit: Visit): View | Promise<View>;
  render(view: View, visit: Visit): Content;
}

/** A page, whatever its view. */
export interface Page {
  readonly path: string;
  /** @param hide takes out of a view what nobody is to see */
  answer(visit: Visit, hide: Hide): Promise<{ readonly view: object; readonly render: () => Content }>;
}

export type Hide = <View>(view: View) => View;

export function definePage<View extends object>({ path, read, render }: PageDefinition<View>): Page {
  return {
    path,
    async answer(visit, hide) {
      const view = hide(await read(visit));
      return { view, render: () => render(view, visit) };
    },
  };
}

/** A change that somebody asks for. */
export interface Form {
  readonly path: string;
  /** @throws {ConsoleError} */
  apply(visit: Visit, fields: ReadonlyMap<string, string>): Applied | Promise<Applied>;
}

interface Applied {
  /** The page that a browser is sent to. */
  readonly location: string;
  /** What came of it, for who asked in JSON. */
  readonly view: object;
}

/** What a page is sent while it is open (server-sent events). */
export interface Stream {
  readonly path: string;
  /** Sends until the stream is aborted. */
  send(visit: Visit, hide: Hide, stream: SSEStreamingApi): Promise<void>;
}

/** What a visitor is told, in words and with a code. */
export class ConsoleError extends Error {
  override readonly name = "ConsoleError";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
