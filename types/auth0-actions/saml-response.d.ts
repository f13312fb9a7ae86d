type Scalar = string | number | boolean;

/** An invalid value throws and fails the login, on purpose. Every text has a maximal length. */
export interface SAMLResponseAPI {
  /** `null` or `undefined` removes the attribute. */
  setAttribute(attribute: string, value: Scalar | null | Scalar[]): void;
  setAudience(audience: string): void;
  setAuthnContextClassRef(authnContextClassRef: string): void;
  setCert(cert: string): void;
  setCreateUpnClaim(createUpnClaim: boolean): void;
  setDestination(destination: string): void;
  setDigestAlgorithm(digestAlgorithm: "sha256" | "sha1"): void;
  setEncryptionAlgorithm(encryptionAlgorithm: "aes256-gcm" | "aes256-cbc"): void;
  setEncryptionCert(encryptionCert: string): void;
  setEncryptionPublicKey(encryptionPublicKey: string): void;
  setIncludeAttributeNameFormat(includeAttributeNameFormat: boolean): void;
  setIssuer(issuer: string): void;
  setKey(key: string): void;
  setLifetimeInSeconds(lifetimeInSeconds: number): void;
  setMapIdentities(mapIdentities: boolean): void;
  setMapUnknownClaimsAsIs(mapUnknownClaimsAsIs: boolean): void;
  setNameIdentifierFormat(nameIdentifierFormat: string): void;
  setNameIdentifierProbes(nameIdentifierProbes: string[]): void;
  setPassthroughClaimsWithNoMapping(passthroughClaimsWithNoMapping: boolean): void;
  setRecipient(recipient: string): void;
  setRelayState(relayState: string): void;
  setSignatureAlgorithm(signatureAlgorithm: "rsa-sha256" | "rsa-sha1"): void;
  setSignResponse(signResponse: boolean): void;
  setSigningCert(signingCert: string): void;
  setTypedAttributes(typedAttributes: boolean): void;
}
