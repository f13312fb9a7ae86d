import type { LogEntry } from "../state/log-entry.ts";
import type { TenantState } from "../state/tenant-state.ts";
import { categoryOf } from "./categories.ts";

/** A log stream that is sent to a server, as the Management API keeps it. */
export interface HttpLogStream {
  readonly id: string;
  readonly name?: string;
  readonly type: "http";
  readonly status: string;
  readonly sink: {
    readonly httpEndpoint: string;
    readonly httpContentType?: string;
    readonly httpContentFormat?: "JSONLINES" | "JSONARRAY" | "JSONOBJECT";
    readonly httpAuthorization?: string;
    readonly httpCustomHeaders?: readonly { readonly header?: string; readonly value?: string }[];
  };
  readonly filters?: readonly { readonly type?: string; readonly name?: string }[];
}

type State = Pick<TenantState, "records">;

export function findLogStream(state: State, id: string): HttpLogStream | undefined {
  const record = state.records("/log-streams").get(id);
  return record?.type === "http" && record.status === "active" ? (record as unknown as HttpLogStream) : undefined;
}

/** Those that an entry goes to: all, or by the categories that they name. */
export function listStreamsFor(state: State, { type }: Pick<LogEntry, "type">): readonly HttpLogStream[] {
  const category = categoryOf(type);
  return state
    .records("/log-streams")
    .values()
    .flatMap(({ id }) => findLogStream(state, String(id)) ?? [])
    .filter(({ filters = [] }) => filters.length === 0 || filters.some(({ name }) => name === category));
}

/** One entry in the form that the receiver wants, and the headers that go with it. */
export function renderEntry(
  { sink }: HttpLogStream,
  { _id, ...data }: LogEntry,
): { readonly body: string; readonly headers: Readonly<Record<string, string>> } {
  const row = { log_id: data.log_id, data };
  const bodies = {
    JSONLINES: `${JSON.stringify(row)}\n`,
    JSONARRAY: JSON.stringify([row]),
    JSONOBJECT: JSON.stringify({ logs: [row] }),
  };
  const custom = (sink.httpCustomHeaders ?? []).flatMap(({ header, value = "" }) =>
    header === undefined ? [] : [[header, value] as const],
  );
  return {
    body: bodies[sink.httpContentFormat ?? "JSONLINES"],
    headers: {
      "content-type": sink.httpContentType ?? "application/json",
      ...(sink.httpAuthorization !== undefined && { authorization: sink.httpAuthorization }),
      ...Object.fromEntries(custom),
    },
  };
}
