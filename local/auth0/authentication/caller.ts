import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";

/** Who is on the other end of a request. */
export interface Caller {
  readonly ip: string;
  readonly userAgent: string;
  /** First language of Accept-Language. */
  readonly language?: string;
}

export function readCaller(context: Context): Caller {
  const language = context.req.header("accept-language")?.split(/[,;]/)[0]?.trim();
  return {
    ip: getConnInfo(context).remote.address ?? "",
    userAgent: context.req.header("user-agent") ?? "",
    ...(language !== undefined && language !== "" && { language }),
  };
}
