import type { Handler } from "./client-endpoint.ts";

/** Flows that Auth0 has and this tenant leaves out: named, so that nobody looks for a mistake of their own. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  "/oauth/device/code": "the device flow",
  "/oauth/par": "pushed authorization requests",
  "/bc-authorize": "client-initiated backchannel authentication",
  "/samlp/:clientId": "SAML",
  "/wsfed/:clientId": "WS-Federation",
  "/oidc/register": "dynamic client registration",
};

export const refuseByName =
  (what: string): Handler =>
  ({ log }, context) => {
    log(`not implemented by the local tenant: ${what} → 404`);
    const error_description = `The local tenant does not implement ${what}.`;
    return context.json({ error: "not_found", error_description }, 404);
  };
