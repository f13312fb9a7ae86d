import type { RequestCheck } from "./request-check.ts";

/** What is not listed, and has no scope by convention, is not let through. */
export const checkRoute: RequestCheck = ({ needed }) => (needed === undefined ? "route_unknown" : undefined);
