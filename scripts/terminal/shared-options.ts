// Options that several commands have, with their help.

export const ENV = { takes: "<name>", help: "use environments/<name>.env as well" } as const;
/** Of what reads tenant.yaml. */
export const ENV_AND_OVERLAY = {
  takes: "<name>",
  help: "use environments/<name>.env as well, and what environments/<name>.yaml changes of tenant.yaml",
} as const;
/** Of what does its work for each of several, too. */
export const ENVS = { ...ENV_AND_OVERLAY, takes: "<name>,...", multiple: true } as const;
export const JSON_ALONE = { help: "print it as JSON, and nothing else" } as const;
/** Of what runs Actions on this machine. */
export const HOST = {
  takes: "<name>=<url>",
  multiple: true,
  help: "Actions reach this name at a server on this machine, as crm.example.com=http://127.0.0.1:5055",
} as const;
export const GEOIP = {
  takes: "<member>=<value>",
  multiple: true,
  help: "a member of event.request.geoip, which is empty otherwise, as countryCode=DE or latitude=52.5",
} as const;
export const YES = { help: "do not ask" } as const;
/** Of what looks at a project before it is deployed. */
export const OF_A_DEPLOY = {
  "write-secrets": {
    takes: "<type>:<name>",
    multiple: true,
    help: "write the secrets of this entry again; the plan lists what Auth0 never returns",
  },
  "allow-secret-key": { help: "take a secret Stripe key where a restricted one is asked for" },
  "skip-stripe-check": { help: "do not ask Stripe what the key may do" },
} as const;
