#!/usr/bin/env bash
# @modelcontextprotocol/sdk@1.32.2 (npm) and mcp==2.3.0 (PyPI), Node 20.20.2, Python 3.11.7, run 2026-11-30.
# Expected: a client of the MCP server at /mcp takes the server's own metadata, whose resource ends in a slash
# (https://api.example.com/mcp/, as identifiers of Auth0 APIs often do): the comment in the SDK names this pair as one it handles.
# It does: the TypeScript client stops before it asks for a token; the Python client takes both. With the slash in the address
# of the server instead of in the metadata, both take it. Seen:
#   as stated: slash in the metadata: typescript refuses, python takes; slash in the address: typescript takes, python takes
# Why it matters: an API's identifier cannot be changed at Auth0 afterwards. Whoever writes the address without its slash has a
# server that some clients log in to and others do not.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --loglevel=error --no-audit --no-fund --ignore-scripts @modelcontextprotocol/sdk@1.32.2
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mcp==2.3.0
cat >check.mjs <<'EOF'
import { auth } from "@modelcontextprotocol/sdk/client/auth.js";

const issuer = "https://tenant.example.com/";
const documents = (resource) => ({
  "oauth-protected-resource": { resource, authorization_servers: [issuer] },
  "oauth-authorization-server": {
    issuer,
    authorization_endpoint: `${issuer}authorize`,
    token_endpoint: `${issuer}oauth/token`,
    response_types_supported: ["code"],
    code_challenge_methods_supported: ["S256"],
  },
});
const ask = async (serverUrl, resource) => {
  let asked = "nothing";
  const provider = {
    redirectUrl: "http://127.0.0.1:9/callback",
    clientMetadata: { redirect_uris: ["http://127.0.0.1:9/callback"] },
    clientInformation: () => ({ client_id: "client", issuer }),
    tokens: () => undefined,
    saveTokens: () => {},
    saveCodeVerifier: () => {},
    codeVerifier: () => "verifier",
    redirectToAuthorization: (url) => {
      asked = url.searchParams.get("resource");
    },
  };
  const fetchFn = async (url) => {
    const [, name] = /\.well-known\/([a-z-]+)/.exec(String(url)) ?? [];
    const document = documents(resource)[name];
    return document ? Response.json(document) : new Response("", { status: 404 });
  };
  try {
    await auth(provider, { serverUrl, fetchFn });
    return asked === resource ? "takes" : `asks for ${asked}`;
  } catch (error) {
    return /does not match expected/.test(error.message) ? "refuses" : error.message;
  }
};
const server = "https://api.example.com/mcp";
console.log(await ask(server, `${server}/`), await ask(`${server}/`, server));
EOF
cat >check.py <<'EOF'
from mcp.shared.auth_utils import check_resource_allowed

server = "https://api.example.com/mcp"
for requested, configured in ((server, f"{server}/"), (f"{server}/", server)):
    print("takes" if check_resource_allowed(requested, configured) else "refuses")
EOF
read -r in_metadata in_address < <(node check.mjs)
{ read -r python_metadata; read -r python_address; } < <(venv/bin/python check.py)
seen="slash in the metadata: typescript $in_metadata, python $python_metadata; slash in the address: typescript $in_address, python $python_address"
if [ "$seen" != "slash in the metadata: typescript refuses, python takes; slash in the address: typescript takes, python takes" ]; then
  echo "CHANGED: $seen"
  exit 1
fi
echo "as stated: $seen"
