import {
  AUDIENCE,
  createSigningKey,
  encode,
  goodClaims,
  ISSUER,
  NOW,
  type SigningKey,
  signToken,
  signWithSecret,
} from "./issuer.ts";

export interface Attack {
  readonly name: string;
  /** The Authorization header. */
  readonly authorization: string | undefined;
  readonly status: 401 | 403;
  readonly code: string;
}

/** Tokens that must not open `GET /users/12`. `other` is a key of somebody else under the same `kid`. */
export function listAttacks(key: SigningKey, other: SigningKey = createSigningKey(key.kid)): readonly Attack[] {
  const bearer = (token: string) => `Bearer ${token}`;
  const good = signToken(key);
  const [header = "", payload = "", signature = ""] = good.split(".");
  const pem = key.publicKey.export({ type: "spki", format: "pem" }).toString();
  const claim = (changes: Record<string, unknown>) => bearer(signToken(key, { ...goodClaims, ...changes }));
  const head = (changes: Record<string, unknown>) => bearer(signToken(key, goodClaims, changes));
  const row = (name: string, authorization: string | undefined, code: string, status: 401 | 403 = 401): Attack => ({
    name,
    authorization,
    status,
    code,
  });
  const idToken = { ...goodClaims, aud: "spa-client", nonce: "n-1", email: "someone@example.com" };

  return [
    row("no token", undefined, "no_token"),
    row("an empty header", "", "no_token"),
    row("another scheme", "Basic dXNlcjpwYXNz", "no_token"),
    row("the scheme alone", "Bearer", "malformed_authorization"),
    row("the scheme and a space", "Bearer ", "malformed_authorization"),
    row("a token without its scheme", good, "no_token"),
    row("two tokens in one header", `Bearer ${good}, Bearer ${good}`, "malformed_authorization"),
    row("two spaces and no token", "Bearer   ", "malformed_authorization"),
    row("a tab instead of the space", `Bearer\t${good}`, "no_token"),
    row("the scheme of DPoP-bound tokens", `DPoP ${good}`, "no_token"),
    row(
      "a token bound to a DPoP key",
      claim({ cnf: { jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" } }),
      "token_bound",
    ),
    row(
      "a token bound to a certificate",
      claim({ cnf: { "x5t#S256": "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2" } }),
      "token_bound",
    ),
    row("a token bound in a way that is not known here", claim({ cnf: { jwk: { kty: "RSA" } } }), "token_bound"),
    row("a binding that is not an object", claim({ cnf: "key" }), "token_bound"),
    row("a token with a line break in it", `Bearer ${header}\r\n.${payload}.${signature}`, "malformed_authorization"),
    row("garbage", bearer("garbage"), "token_malformed"),
    row("two parts", bearer(`${header}.${payload}`), "token_malformed"),
    row("four parts", bearer(`${good}.x`), "token_malformed"),
    row("five parts, as an encrypted token", bearer(`${good}.x.y`), "token_malformed"),
    row("an empty signature", bearer(`${header}.${payload}.`), "token_malformed"),
    row("an empty payload", bearer(`${header}..${signature}`), "token_malformed"),
    row("a header that is not JSON", bearer(`bm8.${payload}.${signature}`), "token_malformed"),
    row("a header that is a list", bearer(`${encode(["RS256"])}.${payload}.${signature}`), "token_malformed"),
    row("plain base64 instead of base64url", bearer(`${header}.${payload}.+/${signature.slice(2)}`), "token_malformed"),
    row("an oversized token", claim({ pad: "x".repeat(9000) }), "token_too_large"),
    row("an oversized header without a token", `Bearer ${"x".repeat(100_000)}`, "token_too_large"),
    row("alg none", bearer(`${encode({ alg: "none", kid: key.kid })}.${payload}.x`), "algorithm_not_allowed"),
    row("alg None", bearer(`${encode({ alg: "None", kid: key.kid })}.${payload}.x`), "algorithm_not_allowed"),
    row("alg rs256", head({ alg: "rs256" }), "algorithm_not_allowed"),
    row("alg RS512", head({ alg: "RS512" }), "algorithm_not_allowed"),
    row("alg PS256", head({ alg: "PS256" }), "algorithm_not_allowed"),
    row("alg as a list", head({ alg: ["RS256"] }), "algorithm_not_allowed"),
    row("no alg", head({ alg: undefined }), "algorithm_not_allowed"),
    row(
      "HS256 with the public key",
      bearer(signWithSecret(pem, goodClaims, { kid: key.kid })),
      "algorithm_not_allowed",
    ),
    row(
      "HS256 with the public key, said to be RS256",
      bearer(signWithSecret(pem, goodClaims, { kid: key.kid, alg: "RS256" })),
      "signature_invalid",
    ),
    row("another key under the same kid", bearer(signToken(other)), "signature_invalid"),
    row(
      "another issuer's token under the same kid",
      bearer(signToken(other, { ...goodClaims, iss: "https://evil.example/" })),
      "signature_invalid",
    ),
    row("its key in the header (jwk)", bearer(signToken(other, goodClaims, { jwk: other.jwk })), "signature_invalid"),
    row(
      "its keys elsewhere (jku)",
      bearer(signToken(other, goodClaims, { jku: "https://evil.example/jwks.json" })),
      "signature_invalid",
    ),
    row(
      "its certificate elsewhere (x5u)",
      bearer(signToken(other, goodClaims, { x5u: "https://evil.example/cert.pem" })),
      "signature_invalid",
    ),
    row(
      "a certificate in the header (x5c)",
      bearer(signToken(other, goodClaims, { x5c: ["MIIB"] })),
      "signature_invalid",
    ),
    row("an unknown kid", head({ kid: "unknown" }), "key_unknown"),
    row("a kid like a path", head({ kid: "../../dev/null" }), "key_unknown"),
    row("a kid that is a property of every object", head({ kid: "__proto__" }), "key_unknown"),
    row("no kid", head({ kid: undefined }), "key_unknown"),
    row("a kid that is not text", head({ kid: 1 }), "key_unknown"),
    row("a critical extension", head({ crit: ["b64"], b64: true }), "token_malformed"),
    row("an unencoded payload", head({ b64: false }), "token_malformed"),
    row("a logout token's type", head({ typ: "logout+jwt" }), "token_type_not_allowed"),
    row("a DPoP proof's type", head({ typ: "dpop+jwt" }), "token_type_not_allowed"),
    row(
      "a changed payload",
      bearer(`${header}.${encode({ ...goodClaims, scope: "get:users delete:users" })}.${signature}`),
      "signature_invalid",
    ),
    row(
      "the signature of another token",
      bearer(`${header}.${payload}.${signToken(key, { ...goodClaims, sub: "x" }).split(".")[2]}`),
      "signature_invalid",
    ),
    row("a signature of another length", bearer(`${header}.${payload}.${signature.slice(4)}`), "signature_invalid"),
    row("claims that are a list", bearer(signToken(key, [goodClaims] as never)), "claims_malformed"),
    row("another issuer", claim({ iss: "https://evil.example/" }), "issuer_wrong"),
    row("the issuer without its slash", claim({ iss: ISSUER.slice(0, -1) }), "issuer_wrong"),
    row("the issuer in capitals", claim({ iss: ISSUER.toUpperCase() }), "issuer_wrong"),
    row("the issuer in a list", claim({ iss: [ISSUER] }), "issuer_wrong"),
    row("no issuer", claim({ iss: undefined }), "issuer_wrong"),
    row("an ID token", bearer(signToken(key, idToken)), "id_token"),
    row("an ID token without a nonce", bearer(signToken(key, { ...idToken, nonce: undefined })), "audience_wrong"),
    row("an ID token for this API", bearer(signToken(key, { ...idToken, aud: AUDIENCE })), "id_token"),
    row("another API's token", claim({ aud: "https://other.example.com/" }), "audience_wrong"),
    row("the audience without its slash", claim({ aud: AUDIENCE.slice(0, -1) }), "audience_wrong"),
    row("the audience with more behind it", claim({ aud: `${AUDIENCE}v2/` }), "audience_wrong"),
    row("a list without the API", claim({ aud: [`${ISSUER}userinfo`] }), "audience_wrong"),
    row("the API in a list in a list", claim({ aud: [[AUDIENCE]] }), "audience_wrong"),
    row("no audience", claim({ aud: undefined }), "audience_wrong"),
    row("no exp", claim({ exp: undefined }), "expiry_missing"),
    row("exp as a text", claim({ exp: String(NOW + 60) }), "claims_malformed"),
    row("exp null", claim({ exp: null }), "claims_malformed"),
    row("an expired token", claim({ exp: NOW - 60 }), "expired"),
    row("exp at the end of the leeway", claim({ exp: NOW - 5 }), "expired"),
    row("nbf ahead", claim({ nbf: NOW + 60 }), "not_yet_valid"),
    row("nbf as a text", claim({ nbf: "0" }), "claims_malformed"),
    row("iat in the future", claim({ iat: NOW + 60 }), "not_yet_valid"),
    row("no sub", claim({ sub: undefined }), "subject_missing"),
    row("an empty sub", claim({ sub: "" }), "subject_missing"),
    row("a sub with a line break", claim({ sub: "auth0|1\r\nX-Org-Id: org_1" }), "subject_missing"),
    row("no scope", claim({ scope: undefined }), "scope_missing", 403),
    row("another scope", claim({ scope: "openid get:orders" }), "scope_missing", 403),
    row("a longer scope", claim({ scope: "get:usersx" }), "scope_missing", 403),
    row("a scope below", claim({ scope: "get:users:all get:users/12" }), "scope_missing", 403),
    row("the scope with something before it", claim({ scope: "xget:users" }), "scope_missing", 403),
    row("the scope in capitals", claim({ scope: "GET:USERS" }), "scope_missing", 403),
    row("scopes with commas between", claim({ scope: "get:orders,get:users" }), "scope_missing", 403),
    row("a scope with a wildcard", claim({ scope: "*:* get:*" }), "scope_missing", 403),
    row("the scope as an object", claim({ scope: { "get:users": true } }), "scope_missing", 403),
    row("the scope in permissions alone", claim({ scope: "openid", permissions: ["get:users"] }), "scope_missing", 403),
  ];
}
