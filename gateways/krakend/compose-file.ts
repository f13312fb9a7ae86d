import type { GatewayModel } from "../model/gateway-model.ts";

/** Docker Compose: the gateway on this machine's own network, so that it reaches what the other addresses say. */
export function renderComposeFile({ routes, caFile }: GatewayModel): string {
  const variables = new Set(
    routes.flatMap(({ backend: { credentials } }) =>
      credentials ? [credentials.clientIdVariable, credentials.clientSecretVariable] : [],
    ),
  );
  return [
    "# docker compose up; krakend.json is checked first.",
    "services:",
    "  krakend:",
    "    image: krakend:2.13",
    "    network_mode: host",
    '    command: ["run", "-c", "/etc/krakend/krakend.json"]',
    "    volumes:",
    "      - .:/etc/krakend:ro",
    ...(caFile === undefined ? [] : [`      - ${JSON.stringify(`${caFile}:${caFile}:ro`)}`]),
    "    environment:",
    "      # Fills in the variables that krakend.json names.",
    '      FC_ENABLE: "1"',
    "      # No usage report to the vendor.",
    '      USAGE_DISABLE: "1"',
    ...(caFile === undefined ? [] : [`      SSL_CERT_FILE: ${JSON.stringify(caFile)}`]),
    ...[...variables].sort().map((name) => `      ${name}: \${${name}:?set it in .env}`),
    "    read_only: true",
    "    tmpfs: [/tmp]",
    "    cap_drop: [ALL]",
    "    restart: unless-stopped",
    "",
  ].join("\n");
}
