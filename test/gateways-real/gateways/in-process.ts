import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import type { Decision } from "../../../gateways/authorizer/decision.ts";
import { renderIdentity } from "../../../gateways/identity-headers.ts";
import { authorizeExpress, type ExpressRequest } from "../../../gateways/middleware/express.ts";
import type { Outcome, SentRequest, TestedGateway } from "./gateway.ts";
import { sendOverHttp } from "./gateway.ts";

/** The decision itself. */
export const core: TestedGateway = {
  name: "core",
  meters: "here",
  challenges: true,
  async start(world) {
    const gateway = await world.openGateway("core");
    return {
      send: async (request) => toOutcome(await gateway.authorize(toAuthorizationRequest(request))),
      close: () => gateway.close(),
    };
  },
};

function toAuthorizationRequest({ method, path, headers }: SentRequest) {
  const read: Record<string, string | string[]> = {};
  for (const line of headers) {
    const name = line.slice(0, line.indexOf(":")).toLowerCase();
    const value = line.slice(line.indexOf(":") + 1).trim();
    const known = read[name];
    read[name] = known === undefined ? value : [known, value].flat();
  }
  return { method, target: path, headers: read };
}

function toOutcome(decision: Decision): Outcome {
  const isRefused = decision.kind === "refused";
  const identity = isRefused ? undefined : Object.entries(renderIdentity(decision));
  return {
    status: isRefused ? decision.status : 200,
    wwwAuthenticate: isRefused ? decision.wwwAuthenticate : undefined,
    allowedOrigin: undefined,
    identity: identity && Object.fromEntries(identity.map(([name, value]) => [name.toLowerCase(), value])),
    forwarded: undefined,
  };
}

/** In front of an application's own routes, which read who asks from the request. */
export const middleware: TestedGateway = {
  name: "Express middleware",
  meters: "here",
  challenges: true,
  async start(world) {
    const gateway = await world.openGateway("middleware");
    const app = express();
    app.use(authorizeExpress(gateway));
    app.use(async (request: ExpressRequest, response: express.Response) => {
      const identity = renderIdentity(request.authorized ?? { kind: "public" });
      // As an application would: what it passes on is what it was told, nothing of the client's.
      const address = `${world.backend.url}${request.originalUrl ?? ""}`;
      const answer = await fetch(address, { method: "POST", headers: identity });
      // Whole: where the backend breaks off, so does the API.
      await answer.text();
      response.status(answer.status).json({ reached: true });
    });
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return {
      send: (request) => sendOverHttp(world, port, request),
      close: async () => {
        await new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        });
        await gateway.close();
      },
    };
  },
};
