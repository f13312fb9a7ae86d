/**
 * What the events of several triggers have in common.
 * Source: Auth0 docs, "Actions Triggers" event object references.
 */

/** What JSON holds under names that nobody knows beforehand. An Action that wants to be asked writes `unknown` on its own side. */
// biome-ignore lint/suspicious/noExplicitAny: Auth0's types say so, and Actions written against those compile with these.
export type Anything = any;

export type Dictionary<Value = Anything> = { [key: string]: Value };

export interface Agent {
  agent_id: string;
  agent_metadata: Dictionary;
  name: string;
}

export interface CustomDomain {
  domain: string;
  domain_metadata: Dictionary<string>;
}

export type Geolocation = {
  cityName?: string;
  continentCode?: string;
  countryCode?: string;
  countryCode3?: string;
  countryName?: string;
  latitude?: number;
  longitude?: number;
  subdivisionCode?: string;
  subdivisionName?: string;
  timeZone?: string;
} & Dictionary;

export type Organization = {
  id: string;
  name: string;
  display_name: string;
  metadata: Dictionary<string>;
} & Dictionary;

/** The request that is being answered. A new one after every suspension (redirect, MFA). */
export interface Request {
  asn?: string;
  /** Without `client_secret`, `client_assertion`, `refresh_token`, `auth_session` and `authn_response`. */
  body: Dictionary;
  geoip: Geolocation;
  hostname?: string;
  ip: string;
  language?: string;
  method: string;
  user_agent?: string;
}

export interface ResourceServer {
  /** The audience asked for. */
  identifier: string;
}

export interface Tenant {
  /** The tenant's name. */
  id: string;
}

/** First and last place that a session or a refresh token was used from. */
export interface Device {
  initial_asn?: string;
  initial_ip?: string;
  initial_user_agent?: string;
  last_asn?: string;
  last_ip?: string;
  last_user_agent?: string;
}

/** Private to Auth0. */
export type Configuration = Dictionary;

/** An Action's secrets. Any of them may be missing: secrets are set per Action, outside the code. */
export interface Secrets {
  [name: string]: string;
}
