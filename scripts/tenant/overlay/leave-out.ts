import { isMapping } from "../shape.ts";

/** In an overlay: what has it, `true`, is not managed in that environment. Auth0 has no field of this name. */
export const LEAVE_OUT = "leave_out";

export function hasLeaveOut(value: unknown): value is Readonly<Record<string, unknown>> {
  return isMapping(value) && Object.hasOwn(value, LEAVE_OUT);
}
