import { expect, test } from "@jest/globals";
import { generateKeyPair, jwtVerify, SignJWT } from "jose";

test("an ESM-only package (jose) loads in jest and signs a token that it can verify", async () => {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const token = await new SignJWT({ scope: "get:users" }).setProtectedHeader({ alg: "ES256" }).sign(privateKey);

  const { payload } = await jwtVerify(token, publicKey);

  expect(payload).toEqual({ scope: "get:users" });
});
