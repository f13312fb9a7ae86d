import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { expect, test } from "@jest/globals";
import { createPolicy } from "../../../gateways/express-gateway/plugin/policy.ts";
import type { ExpressRequest } from "../../../gateways/middleware/express.ts";

/** RFC 9110 §7.6.1 and §6.6.2: a proxy does not hand these on. */
test.each(["Keep-Alive", "Proxy-Connection", "TE", "Trailer"])(
  "%s is for the client's connection alone: the backend is not told",
  async (name) => {
    const headers: IncomingHttpHeaders = { [name.toLowerCase()]: "x", "x-note": "harmless" };
    const policy = createPolicy(async (_request, _response, next) => next());
    await new Promise((resolve) => policy({ headers } as ExpressRequest, {} as ServerResponse, resolve));
    expect(headers).toMatchObject({ connection: "keep-alive", "x-note": "harmless" });
    expect(Object.keys(headers)).not.toContain(name.toLowerCase());
  },
);
