import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { ensureCertificateAuthority } from "../../../local/http/certificate-authority.ts";
import type { SigningKey } from "../../gateways/support/issuer.ts";
import { localDirectory } from "../../support/local-tenant.ts";

export interface Issuer {
  /** `https://localhost:<port>/` */
  readonly issuer: string;
  readonly caFile: string;
  readonly ca: string;
  keys: readonly SigningKey[];
  close(): Promise<void>;
}

/** Serves keys over HTTPS with the local authority, as a tenant does: the key set, and the first key at /pem. */
export async function startIssuer(keys: readonly SigningKey[]): Promise<Issuer> {
  const authority = await ensureCertificateAuthority(join(localDirectory, "tls"));
  const { cert, key } = await authority.issue("tenant", ["localhost", "127.0.0.1"]);
  const server = createServer({ cert, key }, (request, response) => {
    if (request.url === "/.well-known/jwks.json") {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ keys: state.keys.map(({ jwk }) => jwk) }));
    } else if (request.url === "/pem") response.end(state.keys[0]?.publicKey.export({ type: "spki", format: "pem" }));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const state: Issuer = {
    issuer: `https://localhost:${(server.address() as AddressInfo).port}/`,
    caFile: authority.caFile,
    ca: authority.ca,
    keys,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return state;
}
