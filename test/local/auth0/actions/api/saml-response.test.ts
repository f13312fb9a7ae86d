import { describe, expect, test } from "@jest/globals";
import { buildApi } from "../../../../support/actions/api.ts";
import { buildEvent } from "../../../../support/actions/event.ts";

type Saml = ReturnType<typeof buildApi>["api"]["samlResponse"];
type Setter = Exclude<keyof Saml, "setAttribute">;

const TEXTS: [Setter, string, number][] = [
  ["setRelayState", "RelayState", 512],
  ["setAudience", "audience", 2048],
  ["setAuthnContextClassRef", "authnContextClassRef", 512],
  ["setCert", "cert", 4096],
  ["setDestination", "destination", 2048],
  ["setEncryptionCert", "encryptionCert", 4096],
  ["setEncryptionPublicKey", "encryptionPublicKey", 4096],
  ["setIssuer", "issuer", 512],
  ["setKey", "key", 4096],
  ["setNameIdentifierFormat", "nameIdentifierFormat", 512],
  ["setRecipient", "recipient", 2048],
  ["setSigningCert", "signingCert", 4096],
];
const FLAGS: [Setter, string][] = [
  ["setCreateUpnClaim", "createUpnClaim"],
  ["setIncludeAttributeNameFormat", "includeAttributeNameFormat"],
  ["setMapIdentities", "mapIdentities"],
  ["setMapUnknownClaimsAsIs", "mapUnknownClaimsAsIs"],
  ["setPassthroughClaimsWithNoMapping", "passthroughClaimsWithNoMapping"],
  ["setSignResponse", "signResponse"],
  ["setTypedAttributes", "typedAttributes"],
];
const CHOICES: [Setter, string, string[]][] = [
  ["setDigestAlgorithm", "digestAlgorithm", ["sha256", "sha1"]],
  ["setEncryptionAlgorithm", "encryptionAlgorithm", ["aes256-gcm", "aes256-cbc"]],
  ["setSignatureAlgorithm", "signatureAlgorithm", ["rsa-sha256", "rsa-sha1"]],
];

const call = (setter: Setter, value: unknown) => {
  const built = buildApi();
  const returned: unknown = (built.api.samlResponse[setter] as (value: unknown) => unknown)(value);
  return { ...built, returned };
};

describe("a setting is taken", () => {
  test.each<[Setter, string, unknown]>([
    ...TEXTS.map(([setter, key, limit]): [Setter, string, unknown] => [setter, key, "x".repeat(limit)]),
    ...FLAGS.map(([setter, key]): [Setter, string, unknown] => [setter, key, false]),
    ...CHOICES.flatMap(([setter, key, values]) =>
      values.map((value): [Setter, string, unknown] => [setter, key, value]),
    ),
    ["setLifetimeInSeconds", "lifetimeInSeconds", 60],
    ["setNameIdentifierProbes", "nameIdentifierProbes", Array.from({ length: 10 }, () => "p".repeat(512))],
  ])("by %s as %s", (setter, key, value) => {
    const { api, effects, returned, transaction } = call(setter, value);
    expect(effects).toEqual([{ type: "set-saml-configuration", key, value }]);
    expect(transaction.samlConfiguration.get(key)).toEqual(value);
    expect(returned).toBe(api);
  });

  test("by setNameIdentifierFormat without a format", () => {
    const { transaction } = call("setNameIdentifierFormat", undefined);
    expect(transaction.samlConfiguration.get("nameIdentifierFormat")).toBe(
      "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
    );
  });
});

describe("a wrong setting throws and fails the login", () => {
  const choiceMessage = "must be equal to one of the allowed values";
  test.each<[Setter, unknown, string]>([
    ...TEXTS.map(([setter, key, limit]): [Setter, unknown, string] => [
      setter,
      "x".repeat(limit + 1),
      `${key} must NOT have more than ${limit} characters`,
    ]),
    ...TEXTS.map(([setter, key]): [Setter, unknown, string] => [setter, 7, `${key} must be string`]),
    ...FLAGS.map(([setter, key]): [Setter, unknown, string] => [setter, "true", `${key} must be boolean`]),
    ...CHOICES.map(([setter, key]): [Setter, unknown, string] => [setter, "md5", `${key} ${choiceMessage}`]),
    ["setLifetimeInSeconds", "60", "lifetimeInSeconds must be number"],
    ["setNameIdentifierProbes", "p", "nameIdentifierProbes must be array"],
    ["setNameIdentifierProbes", Array(11).fill("p"), "nameIdentifierProbes must NOT have more than 10 items"],
    [
      "setNameIdentifierProbes",
      ["p", 7, "p".repeat(513)],
      "1 must be string; 2 must NOT have more than 512 characters",
    ],
  ])("%s(%p)", (setter, value, message) => {
    expect(() => call(setter, value)).toThrow(new Error(message));
  });
});

describe("setAttribute", () => {
  test.each<[string, unknown, unknown]>([
    ["text", "x".repeat(2048), "x".repeat(2048)],
    ["a number", 7, 7],
    ["a list", ["a", 1, true], ["a", 1, true]],
    ["null, which removes it", null, null],
    ["undefined, which removes it", undefined, null],
  ])("takes %s", (_kind, value, expected) => {
    const { api, transaction } = buildApi();
    api.samlResponse.setAttribute("a", value as string);
    expect(transaction.samlAttributes.get("a")).toEqual(expected);
  });

  test.each<[unknown, unknown, string]>([
    ["a".repeat(1025), 1, "attribute must NOT have more than 1024 characters"],
    [7, 1, "attribute must be string"],
    ["a", {}, "value must be string,number,boolean,null,array"],
    ["a", "x".repeat(2049), "value must NOT have more than 2048 characters"],
    ["a", [null], "0 must be string,number,boolean"],
    ["a", ["ok", "x".repeat(2049)], "1 must NOT have more than 2048 characters"],
  ])("throws for %p and a value that does not fit", (attribute, value, message) => {
    const { api, transaction } = buildApi();
    expect(() => api.samlResponse.setAttribute(attribute as string, value as string)).toThrow(new Error(message));
    expect(transaction.samlAttributes.size).toBe(0);
  });

  test("adds up over Actions until the total is reached", () => {
    const settings = { samlMaxBytes: 4096 };
    const { api, transaction } = buildApi(buildEvent(), { settings });
    api.samlResponse.setAttribute("a", "x".repeat(2048));
    const later = buildApi(buildEvent(), { settings, transaction }).api;
    expect(() => later.samlResponse.setAttribute("b", "x".repeat(2048))).toThrow(
      new Error("The total size of the SAML attributes exceeds the limit of 4096 bytes."),
    );
    expect([...transaction.samlAttributes.keys()]).toEqual(["a"]);
  });
});
