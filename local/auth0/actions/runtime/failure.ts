import type { ActionFailure } from "../outcome.ts";

/** Whatever an Action threw: it need not be an Error. */
export function describeFailure(thrown: unknown): ActionFailure {
  const read = (key: string): unknown =>
    typeof thrown === "object" && thrown !== null ? Reflect.get(thrown, key) : undefined;
  const text = (key: string): string | undefined => {
    const value = read(key);
    return typeof value === "string" ? value : undefined;
  };
  const optional = { code: text("code"), stack: text("stack"), hint: text("hint") };
  return {
    errorClass: "action_error",
    name: text("name") ?? "Error",
    message: text("message") ?? String(thrown),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}
