import { constants, createHmac, type SignKeyObjectInput, sign } from "node:crypto";
import type { JWTPayload } from "jose";
import type { ResourceServer } from "../state/resources.ts";
import type { Tenant } from "../tenant.ts";

export interface Signing {
  readonly typ?: "JWT" | "at+jwt";
  /** Whose algorithm it is, and with HS256 whose secret; RS256 without. */
  readonly api?: Pick<ResourceServer, "signing_alg" | "signing_secret">;
}

/** RFC 7518 §3.3 and §3.5: the salt of PS256 is as long as the hash. */
const RSA: Readonly<Record<string, { readonly hash: string } & Omit<SignKeyObjectInput, "key">>> = {
  RS256: { hash: "sha256" },
  RS512: { hash: "sha512" },
  PS256: {
    hash: "sha256",
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  },
};

/**
 * Signs claims with the tenant's current key, or with the secret of the API. `iss` is the tenant's; the caller gives the rest.
 * By node:crypto itself, on its thread pool: jose, which verifies here, takes twice as long around the same signature.
 */
export async function signToken(
  { issuer, signingKeys }: Pick<Tenant, "issuer" | "signingKeys">,
  claims: JWTPayload,
  { typ = "JWT", api }: Signing = {},
): Promise<string> {
  const alg = api?.signing_alg ?? "RS256";
  const payload = encode({ iss: issuer, ...claims });
  if (alg === "HS256") {
    if (!api?.signing_secret) throw new Error("The API has no secret to sign with.");
    const input = `${encode({ alg, typ })}.${payload}`;
    return `${input}.${createHmac("sha256", api.signing_secret).update(input).digest("base64url")}`;
  }
  const algorithm = RSA[alg];
  if (algorithm === undefined) throw new Error(`This tenant does not sign with ${alg}.`);
  const { kid, privateKey } = signingKeys.current();
  const { hash, ...padding } = algorithm;
  const input = `${encode({ alg, typ, kid })}.${payload}`;
  return new Promise((resolve, reject) => {
    sign(hash, Buffer.from(input), { key: privateKey, ...padding }, (error, signature) => {
      if (error === null) resolve(`${input}.${signature.toString("base64url")}`);
      else reject(error);
    });
  });
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
