import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const directory = join(import.meta.dirname, "../../.local/cache/test-keys");
let taken = 0;

/** Another pair each time in one file of tests, and the same ones in each: an RSA key takes a fifth of a second to make, so it is kept. */
export function takeRsaKeyPair(): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  const path = join(directory, `${taken}.pem`);
  taken += 1;
  const privateKey = createPrivateKey(readKept(path) ?? keepNew(path));
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

function readKept(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** Workers may make the same one at the same time: each file is whole, and the last one stays. */
function keepNew(path: string): string {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const fresh = `${path}.${randomUUID()}`;
  writeFileSync(fresh, privateKey, { mode: 0o600 });
  renameSync(fresh, path);
  return privateKey;
}
