import { ManagementClient } from "auth0";

/** What a plan at least has to read, one page after the other. */
const { AUTH0_DOMAIN: domain, AUTH0_CLIENT_ID: clientId, AUTH0_CLIENT_SECRET: clientSecret } = process.env;
const { clients, roles, actions } = new ManagementClient({ domain, clientId, clientSecret });
let count = 0;
for (const { list } of [clients, roles, actions].map((part) => ({ list: () => part.list({ per_page: 100 }) }))) {
  for await (const _row of await list()) count += 1;
}
if (count < 2_300) throw new Error(`only ${count} were listed`);
