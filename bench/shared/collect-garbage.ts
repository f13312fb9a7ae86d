import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** What is left then is what is held. */
export function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect();
}
