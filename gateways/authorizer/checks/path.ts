import type { RequestCheck } from "./request-check.ts";

export const checkPath: RequestCheck = ({ segments }) => (segments === undefined ? "path_ambiguous" : undefined);
