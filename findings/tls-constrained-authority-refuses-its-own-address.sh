#!/usr/bin/env bash
# Node 20.20.2 (OpenSSL 3.0.19), @peculiar/x509@2.0.0, run 2026-11-30.
# Expected: an authority whose name constraints permit the address 127.0.0.1 can vouch for a server at 127.0.0.1.
# It cannot, if the certificate repeats the address as its common name, as many tools for development write it: a certificate
# without a dNSName has its common name held against the authority's constraints as if it were a host name, and "127.0.0.1" is
# not below "localhost". The same certificate with another common name is trusted. IPv6 addresses are, since a colon is in
# no host name. Seen:
#   as stated: CN=127.0.0.1 permitted subtree violation (UNSPECIFIED); CN=A server trusted
# Why it matters: whoever limits their own development authority to localhost and 127.0.0.1, as they should, finds the one half
# of it refused, with an error whose code says "UNSPECIFIED" and whose words blame the list of permitted names.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @peculiar/x509@2.0.0 reflect-metadata@0.2.2
cat >check.mjs <<'EOF'
import "reflect-metadata";
import { createServer, connect } from "node:tls";
import * as x509 from "@peculiar/x509";
const KEY = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const times = { notBefore: new Date(Date.now() - 3_600_000), notAfter: new Date(Date.now() + 3_600_000) };
// permittedSubtrees: dNSName localhost; iPAddress 127.0.0.1/255.255.255.255 (RFC 5280 §4.2.1.10)
const der = (tag, ...parts) => { const all = Buffer.concat(parts); return Buffer.concat([Buffer.from([tag, all.length]), all]); };
const constraints = der(0x30, der(0xa0,
  der(0x30, der(0x82, Buffer.from("localhost"))),
  der(0x30, der(0x87, Buffer.from([127, 0, 0, 1, 255, 255, 255, 255])))));
const caKeys = await crypto.subtle.generateKey(KEY, true, ["sign", "verify"]);
const ca = await x509.X509CertificateGenerator.createSelfSigned({
  serialNumber: "01", name: "CN=An authority", keys: caKeys, signingAlgorithm: KEY, ...times,
  extensions: [new x509.BasicConstraintsExtension(true, 0, true), new x509.Extension("2.5.29.30", true, constraints)],
});
async function ask(subject) {
  const keys = await crypto.subtle.generateKey(KEY, true, ["sign", "verify"]);
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: "02", subject, issuer: ca.subject, publicKey: keys.publicKey, signingKey: caKeys.privateKey, signingAlgorithm: KEY, ...times,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: "ip", value: "127.0.0.1" }])],
  });
  const key = `-----BEGIN PRIVATE KEY-----\n${Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64")}\n-----END PRIVATE KEY-----\n`;
  const server = createServer({ cert: cert.toString("pem"), key }, (socket) => socket.end()).listen(0, "127.0.0.1");
  server.on("tlsClientError", () => {});
  await new Promise((resolve) => server.once("listening", resolve));
  const seen = await new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port: server.address().port, ca: ca.toString("pem") }, () => { resolve("trusted"); socket.destroy(); });
    socket.on("error", ({ message, code }) => resolve(`${message} (${code})`));
  });
  server.close();
  return `${subject} ${seen}`;
}
const seen = `${await ask("CN=127.0.0.1")}; ${await ask("CN=A server")}`;
const asStated = seen === "CN=127.0.0.1 permitted subtree violation (UNSPECIFIED); CN=A server trusted";
console.log(`${asStated ? "as stated" : "CHANGED"}: ${seen}`);
process.exit(asStated ? 0 : 1);
EOF
node check.mjs
