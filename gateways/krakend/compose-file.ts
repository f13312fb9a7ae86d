import type { GatewayModel } from "../model/gateway-model.ts";

/** Docker Compose: the gateway on this machine's own network, so that it reaches what the other addresses say. */
export function renderComposeFile({ routes, caFile }: GatewayModel): string {
  const variables = new Set(
    routes.flatMap(({ backend: { credentials } }) =>
      credentials ? [credentials.clientIdVariable, credentials.clientSecretVariable] : [],
    ),
  );
  return [
    "# Check first: docker compose run --rm krakend check -t -c krakend.json",
    "# Then: docker compose up",
    "services:",
    "  krakend:",
    "    image: krakend:2.13",
    "    network_mode: host",
    "    # The scripts are looked for from here.",
    "    working_dir: /etc/krakend",
    '    command: ["run", "-c", "krakend.json"]',
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
