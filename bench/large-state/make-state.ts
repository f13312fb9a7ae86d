import type { Client, Connection } from "../../local/auth0/state/resources.ts";
import { openTenantState, type TenantState } from "../../local/auth0/state/tenant-state.ts";
import { openJournal } from "../../local/state/journal.ts";

export interface Size {
  readonly users: number;
  readonly clients: number;
  readonly logs: number;
}

const MADE = "2026-11-20T12:00:00.000Z";
const CONNECTION = "Username-Password-Authentication";

/** Every one has an address, a name and somewhat of metadata, as after a year. */
export const emailOf = (number: number): string => `person-${number}@example.com`;
export const usernameOf = (number: number): string => `person_${number}`;

/** The state file of a tenant that has been in use: users with passwords, clients, and its log. */
export function makeState(file: string, { users, clients, logs }: Size): void {
  const journal = openJournal(file);
  const state = openTenantState(journal);
  const database: Connection = {
    id: "con_large0000000000",
    name: CONNECTION,
    strategy: "auth0",
    options: {},
    realms: [CONNECTION],
    enabled_clients: [],
  };
  state.connections.set(database.id, database);
  for (let number = 0; number < users; number += 1) addUser(state, number);
  for (let number = 0; number < clients; number += 1) addClient(state, number);
  for (let number = 0; number < logs; number += 1) addEntry(state, number, users);
  journal.close();
}

const idOf = (number: number): string => `auth0|${number.toString(16).padStart(24, "0")}`;

function addUser({ users, passwords }: TenantState, number: number): void {
  const id = idOf(number);
  users.set(id, {
    user_id: id,
    email: emailOf(number),
    username: usernameOf(number),
    email_verified: true,
    name: emailOf(number),
    nickname: `person-${number}`,
    picture: "https://s.gravatar.com/avatar/00000000000000000000000000000000?s=480&r=pg",
    identities: [{ connection: CONNECTION, isSocial: false, provider: "auth0", user_id: id.slice("auth0|".length) }],
    app_metadata: { stripe_customer_id: `cus_${number}` },
    user_metadata: { language: "en" },
    logins_count: 3,
    last_ip: "127.0.0.1",
    last_login: MADE,
    created_at: MADE,
    updated_at: MADE,
  });
  passwords.set(id, { id, hash: `scrypt$16384$8$1$${"0".repeat(22)}$${"0".repeat(86)}` });
}

function addClient({ clients }: TenantState, number: number): void {
  const client: Client = {
    client_id: `large${number.toString().padStart(27, "0")}`,
    name: `Application ${number}`,
    client_secret: "0".repeat(64),
    app_type: "regular_web",
    grant_types: ["authorization_code", "refresh_token"],
    callbacks: [`https://app-${number}.example.com/callback`],
  };
  clients.set(client.client_id, client);
}

/** A login. */
function addEntry({ logs }: TenantState, number: number, users: number): void {
  const id = `90020261120120000000000${number.toString().padStart(33, "0")}`;
  const who = number % users;
  logs.set(id, {
    _id: id,
    log_id: id,
    date: MADE,
    type: "s",
    description: null,
    connection: CONNECTION,
    connection_id: "con_large0000000000",
    organization_id: null,
    organization_name: null,
    client_id: "large000000000000000000000000000",
    client_name: "Application 0",
    ip: "127.0.0.1",
    hostname: "localhost",
    details: { actions: { executions: [], results: [] } },
    user_id: idOf(who),
    user_name: emailOf(who),
    user_agent: "a browser",
    audience: null,
    strategy: "auth0",
    strategy_type: "database",
    isMobile: false,
    location_info: null,
  });
}
