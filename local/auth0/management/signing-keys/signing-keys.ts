import type { SigningKey, SigningKeyRecord, SigningKeys } from "../../signing-keys.ts";
import { created, endpoint, ok, type Resource } from "../endpoint.ts";
import { getOr404, ManagementError } from "../error.ts";

export const signingKeys: Resource = ({ signingKeys }) => [
  endpoint({
    method: "GET",
    path: "/keys/signing",
    scopes: ["read:signing_keys"],
    handle: async () => ok(await Promise.all(signingKeys.records().map(renderSigningKey))),
  }),
  endpoint({
    method: "GET",
    path: "/keys/signing/:kid",
    scopes: ["read:signing_keys"],
    handle: async ({ params }) => ok(await renderSigningKey(getRecord(signingKeys, params.kid ?? ""))),
  }),
  endpoint({
    method: "POST",
    path: "/keys/signing/rotate",
    summary: "Rotate the application signing key",
    scopes: ["create:signing_keys", "update:signing_keys"],
    handle: async () => {
      await signingKeys.rotate();
      const { kid, certificate } = signingKeys.current();
      return created({ kid, cert: renderPem(certificate.toString()) });
    },
  }),
  endpoint({
    method: "PUT",
    path: "/keys/signing/:kid/revoke",
    summary: "Revoke an application signing key by its key id",
    scopes: ["update:signing_keys"],
    handle: ({ params }) => {
      const { kid, role, key } = getRecord(signingKeys, params.kid ?? "");
      // Without a current or a next key no token could be signed, now or after the next rotation.
      if (role !== "previous")
        throw new ManagementError(400, `The ${role} signing key cannot be revoked: rotate first`);
      signingKeys.revoke(kid);
      const { revoked_at } = getRecord(signingKeys, kid);
      return ok({ kid, cert: renderPem(key.certificate.toString()), revoked_at });
    },
  }),
];

type KeyRecord = SigningKeyRecord & { readonly key: SigningKey };

function getRecord(signingKeys: SigningKeys, kid: string): KeyRecord {
  return getOr404(
    signingKeys.records().find((record) => record.kid === kid),
    "The signing key does not exist",
  );
}

async function renderSigningKey({ kid, role, revoked, current_since, revoked_at, key }: KeyRecord) {
  return {
    kid,
    cert: renderPem(key.certificate.toString()),
    pkcs7: renderPem(await key.pkcs7()),
    current: role === "current",
    next: role === "next",
    ...(role === "previous" && { previous: true }),
    ...(current_since !== undefined && { current_since }),
    fingerprint: key.certificate.fingerprint,
    thumbprint: key.certificate.fingerprint.replaceAll(":", ""),
    revoked,
    ...(revoked_at !== undefined && { revoked_at }),
  };
}

/** Auth0 ends the lines of these with CR LF. */
function renderPem(pem: string): string {
  return pem.replaceAll(/\r?\n/g, "\r\n");
}
