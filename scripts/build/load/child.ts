import { writeSync } from "node:fs";
import {
  checkHandler,
  ENTRY_POINTS,
  type EntryPoint,
  isDocumented,
  type Trigger,
} from "../../../local/auth0/actions/handler.ts";
import { isMapping } from "../../tenant/shape.ts";
import { describeThrown, loadBundle } from "./load-bundle.ts";
import type { BundleToLoad, FoundHandler, LoadedBundle, LoadReply, LoadRequest } from "./messages.ts";

/**
 * The process that runs the bundles' bodies (load-bundles.ts starts it). It answers at once and synchronously: the next
 * thing that a bundle does may be the process's last.
 */
export function loadAll({ directory, timeout, bundles }: LoadRequest): void {
  const fail = (thrown: unknown): void => {
    answer({ kind: "threw later", message: describeThrown(thrown) });
    process.exit(1);
  };
  process.on("uncaughtException", fail).on("unhandledRejection", fail);
  process.once("beforeExit", () => answer({ kind: "idle" }));
  answer({ kind: "loaded", bundles: bundles.map((bundle) => load(bundle, directory, timeout)) });
  setImmediate(() => answer({ kind: "turning" }));
}

function answer(reply: LoadReply): void {
  writeSync(3, `${JSON.stringify(reply)}\n`);
}

function load({ code, trigger, packages }: BundleToLoad, directory: string, timeout: number): LoadedBundle {
  const module = loadBundle(code, { directory, packages, timeout });
  if (module.kind !== "loaded") return module;
  return {
    kind: "loaded",
    handlers: trigger !== undefined && isDocumented(trigger) ? findHandlers(trigger, module.exported) : [],
  };
}

function findHandlers(trigger: Trigger, exported: unknown): readonly FoundHandler[] {
  return ENTRY_POINTS[trigger].map((name: EntryPoint) => {
    const refusal = findRefusal(trigger, exported, name);
    return {
      name,
      isExported: isMapping(exported) && name in exported,
      ...(refusal !== undefined && { refusal }),
    };
  });
}

function findRefusal(trigger: Trigger, exported: unknown, name: EntryPoint): string | undefined {
  try {
    checkHandler(trigger, exported, name);
    return undefined;
  } catch (refusal) {
    return describeThrown(refusal);
  }
}
