const { createPublicKey, X509Certificate } = require("node:crypto");
const { mkdirSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { pem } = require("./issuer.json");

/**
 * Writes key/pubKey.pem, the key with which the tenant signs now: it serves its certificate at /pem. A certificate
 * authority of your own goes into NODE_EXTRA_CA_CERTS. Without a key the gateway does not start.
 */
module.exports = async function fetchKey() {
  const response = await fetch(pem, { redirect: "error", signal: AbortSignal.timeout(10_000) });
  if (response.status !== 200) throw new Error(`${pem} answered ${response.status}: is this the tenant's domain?`);
  const text = await response.text();
  const { publicKey } = text.includes("CERTIFICATE") ? new X509Certificate(text) : { publicKey: createPublicKey(text) };
  if (publicKey.asymmetricKeyType !== "rsa") throw new Error(`${pem} is not an RSA key.`);
  mkdirSync(join(__dirname, "key"), { recursive: true });
  writeFileSync(join(__dirname, "key", "pubKey.pem"), publicKey.export({ type: "spki", format: "pem" }));
};
