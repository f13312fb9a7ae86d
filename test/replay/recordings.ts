import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** One request and what the recorded tenant answered. */
export interface RecordedCall {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly contentType: string | undefined;
  readonly status: number;
  /** JSON where it is JSON. */
  readonly answer: unknown;
}

/** The calls of one test of a tool, in their order: a file that go-vcr wrote, in its version 2. */
export interface Recording {
  /** Its path below the folder of recordings. */
  readonly name: string;
  readonly calls: readonly RecordedCall[];
}

interface Cassette {
  readonly interactions?: readonly {
    readonly request: {
      readonly method: string;
      readonly url: string;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, readonly string[]>>;
    };
    readonly response: { readonly code: number; readonly body?: string };
  }[];
}

export function listRecordings(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaml"))
    .sort();
}

export function readRecording(folder: string, name: string): Recording {
  const { interactions = [] } = parse(readFileSync(join(folder, name), "utf8")) as Cassette;
  const calls = interactions.map(({ request, response }) => ({
    method: request.method,
    url: new URL(request.url),
    body: request.body ?? "",
    contentType: request.headers?.["Content-Type"]?.[0],
    status: response.code,
    answer: parseJson(response.body ?? ""),
  }));
  return { name, calls };
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
