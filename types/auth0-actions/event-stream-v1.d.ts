/**
 * Module `@auth0/actions/event-stream/v1`, under the names of Auth0's own package. Is handed each event of the stream that it belongs
 * to; a throw says that it was not delivered. Source: Auth0 docs, "Event Stream" event and API objects.
 */
import type { CacheAPI } from "./cache.d.ts";
import type { Configuration, Dictionary, Secrets } from "./event.d.ts";

export interface Event {
  readonly configuration: Configuration;
  /** A CloudEvent. */
  message: {
    data?: Dictionary;
    id: string;
    source: string;
    specversion: string;
    time?: string;
    type: string;
  } & Dictionary;
  readonly secrets: Secrets;
}

export interface EventStreamAPI {
  readonly cache: CacheAPI;
}

export type EventStreamAction = (event: Event, api: EventStreamAPI) => Promise<void>;

export type { Configuration, Secrets };
