import { createRedactor } from "./redact.ts";

/** Of the process: what prints must not depend on who was handed what. */
const hidden = new Set<string>();
let redactor: ((text: string) => string) | undefined;

/** From now on none of these is printed. */
export function hideSecrets(values: Iterable<string>): void {
  for (const value of values) hidden.add(value);
  redactor = undefined;
}

/** Takes every secret that is known by now out of a text. */
export function redact(text: string): string {
  redactor ??= createRedactor([...hidden]);
  return redactor(text);
}

/** Everything that this process writes to the stream passes through `redact`. */
export function guardStream(stream: Pick<NodeJS.WriteStream, "write">): void {
  const write = stream.write.bind(stream) as (...args: readonly unknown[]) => boolean;
  stream.write = (chunk: string | Uint8Array, ...rest: readonly unknown[]) =>
    write(redact(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString()), ...rest);
}
