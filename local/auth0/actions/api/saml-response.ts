import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import { checkInput, type Shape } from "./check-input.ts";
import type { PostLoginContext } from "./context.ts";
import { toJson } from "./to-json.ts";

const text = (maxLength: number): Shape => ({ type: "string", maxLength });
const FLAG: Shape = { type: "boolean" };

const configuration = {
  RelayState: text(512),
  audience: text(2048),
  authnContextClassRef: text(512),
  cert: text(4096),
  createUpnClaim: FLAG,
  destination: text(2048),
  digestAlgorithm: { type: "enum", values: ["sha256", "sha1"] },
  encryptionAlgorithm: { type: "enum", values: ["aes256-gcm", "aes256-cbc"] },
  encryptionCert: text(4096),
  encryptionPublicKey: text(4096),
  includeAttributeNameFormat: FLAG,
  issuer: text(512),
  key: text(4096),
  lifetimeInSeconds: { type: "number" },
  mapIdentities: FLAG,
  mapUnknownClaimsAsIs: FLAG,
  nameIdentifierFormat: text(512),
  nameIdentifierProbes: { type: "array", maxItems: 10, items: text(512) },
  passthroughClaimsWithNoMapping: FLAG,
  recipient: text(2048),
  signResponse: FLAG,
  signatureAlgorithm: { type: "enum", values: ["rsa-sha256", "rsa-sha1"] },
  signingCert: text(4096),
  typedAttributes: FLAG,
} satisfies Record<string, Shape>;

const attributeInput: Shape = {
  type: "object",
  required: ["attribute", "value"],
  properties: {
    attribute: text(1024),
    value: { type: "scalar", nullable: true, maxLength: 2048, items: { type: "scalar", maxLength: 2048 } },
  },
};

const UNSPECIFIED_FORMAT = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";
const methodOf = (key: string): string => `set${key.slice(0, 1).toUpperCase()}${key.slice(1)}`;

class SamlResponseApi {
  readonly #context: PostLoginContext;

  constructor(context: PostLoginContext) {
    this.#context = context;
  }

  /** A method for each setting. */
  static {
    for (const key of Object.keys(configuration)) {
      const fallback = key === "nameIdentifierFormat" ? UNSPECIFIED_FORMAT : undefined;
      Object.defineProperty(SamlResponseApi.prototype, methodOf(key), {
        value(this: SamlResponseApi, value: unknown = fallback) {
          return this.#configure(key, value);
        },
      });
    }
  }

  setAttribute(attribute: string, value: unknown): PostLoginAPI {
    const { effects, getApi, settings, transaction } = this.#context;
    const attributes = new Map(transaction.samlAttributes).set(attribute, value ?? null);
    if (Buffer.byteLength(JSON.stringify(Object.fromEntries(attributes))) > settings.samlMaxBytes) {
      throw new Error(`The total size of the SAML attributes exceeds the limit of ${settings.samlMaxBytes} bytes.`);
    }
    checkInput(attributeInput, { attribute, value: value ?? null });
    transaction.samlAttributes = attributes;
    effects.push({ type: "set-saml-attribute", attribute, value: toJson(value ?? null) });
    return getApi();
  }

  #configure(key: string, value: unknown): PostLoginAPI {
    const { effects, getApi, transaction } = this.#context;
    checkInput({ type: "object", properties: configuration }, { [key]: value });
    const json = toJson(value);
    transaction.samlConfiguration.set(key, json);
    effects.push({ type: "set-saml-configuration", key, value: json });
    return getApi();
  }
}

export const createSamlResponse = (context: PostLoginContext): PostLoginAPI["samlResponse"] =>
  new SamlResponseApi(context) as SamlResponseApi & PostLoginAPI["samlResponse"];
