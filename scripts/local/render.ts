import type { Paint } from "../terminal/paint.ts";

export interface LocalAccess {
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** PEM file of the certificate authority. */
  readonly caFile: string;
}

/** One line; the names are part of the interface for scripts. */
export function renderAccessJson({ domain, clientId, clientSecret, caFile }: LocalAccess): string {
  return JSON.stringify({ domain, clientId, clientSecret, caFile });
}

/** For a person: what to paste into another shell, and what to do there. */
export function renderAccess({ domain, clientId, clientSecret, caFile }: LocalAccess, paint: Paint): string {
  const variables = {
    AUTH0_DOMAIN: domain,
    AUTH0_CLIENT_ID: clientId,
    AUTH0_CLIENT_SECRET: clientSecret,
    NODE_EXTRA_CA_CERTS: caFile,
  };
  return [
    `The local tenant runs at ${paint("bold", `https://${domain}/`)} and stops with Ctrl-C.`,
    "In another shell:",
    "",
    ...Object.entries(variables).map(([name, value]) => `  export ${name}=${quote(value)}`),
    "",
    `  cp -n .env.example .env       ${paint("dim", "# once: values for the keywords in tenant.yaml")}`,
    `  npm run deploy                ${paint("dim", "# tenant.yaml and the Actions, to this tenant")}`,
    "",
  ].join("\n");
}

/** For a POSIX shell: what is not plain stands between single quotes. */
function quote(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
