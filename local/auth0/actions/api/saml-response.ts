import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import { checkInput, type Shape } from "./check-input.ts";
import type { PostLoginContext } from "./context.ts";
import { toJson } from "./to-json.ts";

const text = (maxLength: number): Shape => ({ type: "string", maxLength });
const flag: Shape = { type: "boolean" };

const configuration = {
  RelayState: text(512),
  audience: text(2048),
  authnContextClassRef: text(512),
  cert: text(4096),
  createUpnClaim: flag,
  destination: text(2048),
  digestAlgorithm: { type: "enum", values: ["sha256", "sha1"] },
  encryptionAlgorithm: { type: "enum", values: ["aes256-gcm", "aes256-cbc"] },
  encryptionCert: text(4096),
  encryptionPublicKey: text(4096),
  includeAttributeNameFormat: flag,
  issuer: text(512),
  key: text(4096),
  lifetimeInSeconds: { type: "number" },
  mapIdentities: flag,
  mapUnknownClaimsAsIs: flag,
  nameIdentifierFormat: text(512),
  nameIdentifierProbes: { type: "array", maxItems: 10, items: text(512) },
  passthroughClaimsWithNoMapping: flag,
  recipient: text(2048),
  signResponse: flag,
  signatureAlgorithm: { type: "enum", values: ["rsa-sha256", "rsa-sha1"] },
  signingCert: text(4096),
  typedAttributes: flag,
} satisfies Record<string, Shape>;

const attributeInput: Shape = {
  type: "object",
  required: ["attribute", "value"],
  properties: {
    attribute: text(1024),
    value: { type: "scalar", nullable: true, maxLength: 2048, items: { type: "scalar", maxLength: 2048 } },
  },
};

export const createSamlResponse = (context: PostLoginContext): PostLoginAPI["samlResponse"] => {
  const { effects, getApi, settings, transaction } = context;
  const configure =
    (key: keyof typeof configuration) =>
    (value: unknown): PostLoginAPI => {
      checkInput({ type: "object", properties: configuration }, { [key]: value });
      const json = toJson(value);
      transaction.samlConfiguration.set(key, json);
      effects.push({ type: "set-saml-configuration", key, value: json });
      return getApi();
    };
  return {
    setAttribute(attribute, value) {
      const attributes = new Map(transaction.samlAttributes).set(attribute, value ?? null);
      if (Buffer.byteLength(JSON.stringify(Object.fromEntries(attributes))) > settings.samlMaxBytes) {
        throw new Error(`The total size of the SAML attributes exceeds the limit of ${settings.samlMaxBytes} bytes.`);
      }
      checkInput(attributeInput, { attribute, value: value ?? null });
      transaction.samlAttributes = attributes;
      effects.push({ type: "set-saml-attribute", attribute, value: toJson(value ?? null) });
      return getApi();
    },
    setAudience: configure("audience"),
    setAuthnContextClassRef: configure("authnContextClassRef"),
    setCert: configure("cert"),
    setCreateUpnClaim: configure("createUpnClaim"),
    setDestination: configure("destination"),
    setDigestAlgorithm: configure("digestAlgorithm"),
    setEncryptionAlgorithm: configure("encryptionAlgorithm"),
    setEncryptionCert: configure("encryptionCert"),
    setEncryptionPublicKey: configure("encryptionPublicKey"),
    setIncludeAttributeNameFormat: configure("includeAttributeNameFormat"),
    setIssuer: configure("issuer"),
    setKey: configure("key"),
    setLifetimeInSeconds: configure("lifetimeInSeconds"),
    setMapIdentities: configure("mapIdentities"),
    setMapUnknownClaimsAsIs: configure("mapUnknownClaimsAsIs"),
    setNameIdentifierFormat: (format = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified") =>
      configure("nameIdentifierFormat")(format),
    setNameIdentifierProbes: configure("nameIdentifierProbes"),
    setPassthroughClaimsWithNoMapping: configure("passthroughClaimsWithNoMapping"),
    setRecipient: configure("recipient"),
    setRelayState: configure("RelayState"),
    setSignatureAlgorithm: configure("signatureAlgorithm"),
    setSignResponse: configure("signResponse"),
    setSigningCert: configure("signingCert"),
    setTypedAttributes: configure("typedAttributes"),
  };
};
