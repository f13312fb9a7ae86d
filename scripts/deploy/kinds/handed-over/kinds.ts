import type { Kind } from "../kind.ts";
import type { LiveRecord } from "../live-record.ts";
import { createHandedOverKind } from "./kind.ts";
import { HANDED_OVER, type HandedOverType } from "./specs.ts";

/** Kinds that the Deploy CLI reads and writes, in its order. */
export const HANDED_OVER_KINDS: readonly Kind<HandedOverType, LiveRecord>[] = HANDED_OVER.map(createHandedOverKind);
