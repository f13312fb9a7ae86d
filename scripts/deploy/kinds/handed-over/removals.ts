import type { ManagementClient } from "auth0";
import { collect, page, take } from "../collect.ts";
import type { Fields } from "../live-record.ts";
import { nameEntry } from "./entries.ts";
import { findSpec, type HandedOverType } from "./specs.ts";

type Rows = Promise<AsyncIterable<object> | Iterable<object>>;

/** How one of a kind is deleted: by the id that Auth0 gave it, which no export has. */
interface Removal {
  list(management: ManagementClient): Rows;
  delete(management: ManagementClient, id: string): Promise<unknown>;
  readonly idField?: string;
}

/** A kind that has none is never deleted: every tenant has it, or Auth0 keeps it for good. */
export const REMOVALS: Partial<Record<HandedOverType, Removal>> = {
  "action-module": {
    list: ({ actions }) => actions.modules.list(page()),
    delete: ({ actions }, id) => actions.modules.delete(id),
  },
  "custom-domain": {
    list: ({ customDomains }) => customDomains.list(),
    delete: ({ customDomains }, id) => customDomains.delete(id),
    idField: "custom_domain_id",
  },
  "network-acl": {
    list: ({ networkAcls }) => networkAcls.list(page()),
    delete: ({ networkAcls }, id) => networkAcls.delete(id),
  },
  "user-attribute-profile": {
    list: ({ userAttributeProfiles }) => userAttributeProfiles.list(),
    delete: ({ userAttributeProfiles }, id) => userAttributeProfiles.delete(id),
  },
  "connection-profile": {
    list: ({ connectionProfiles }) => connectionProfiles.list(),
    delete: ({ connectionProfiles }, id) => connectionProfiles.delete(id),
  },
  "rate-limit-policy": {
    list: ({ rateLimitPolicies }) => rateLimitPolicies.list(),
    delete: ({ rateLimitPolicies }, id) => rateLimitPolicies.delete(id),
  },
  connection: {
    list: ({ connections }) => connections.list(take()),
    delete: ({ connections }, id) => connections.delete(id),
  },
  "email-provider": {
    list: async ({ emails }) => [await emails.provider.get()],
    delete: ({ emails }) => emails.provider.delete(),
  },
  "phone-provider": {
    list: async ({ branding }) => (await branding.phone.providers.list()).providers ?? [],
    delete: ({ branding }, id) => branding.phone.providers.delete(id),
  },
  theme: {
    list: async ({ branding }) => [await branding.themes.getDefault()],
    delete: ({ branding }, id) => branding.themes.delete(id),
    idField: "themeId",
  },
  "self-service-profile": {
    list: ({ selfServiceProfiles }) => selfServiceProfiles.list(page()),
    delete: ({ selfServiceProfiles }, id) => selfServiceProfiles.delete(id),
  },
  "phone-template": {
    list: async ({ branding }) => (await branding.phone.templates.list()).templates ?? [],
    delete: ({ branding }, id) => branding.phone.templates.delete(id),
  },
  "token-exchange-profile": {
    list: ({ tokenExchangeProfiles }) => tokenExchangeProfiles.list(),
    delete: ({ tokenExchangeProfiles }, id) => tokenExchangeProfiles.delete(id),
  },
  organization: {
    list: ({ organizations }) => organizations.list(take()),
    delete: ({ organizations }, id) => organizations.delete(id),
  },
  "log-stream": {
    list: ({ logStreams }) => logStreams.list(),
    delete: ({ logStreams }, id) => logStreams.delete(id),
  },
  "flow-vault-connection": {
    list: ({ flows }) => flows.vault.connections.list(page()),
    delete: ({ flows }, id) => flows.vault.connections.delete(id),
  },
  "event-stream": {
    list: ({ eventStreams }) => eventStreams.list(),
    delete: ({ eventStreams }, id) => eventStreams.delete(id),
  },
  "forms-flow": { list: ({ flows }) => flows.list(page()), delete: ({ flows }, id) => flows.delete(id) },
  form: { list: ({ forms }) => forms.list(page()), delete: ({ forms }, id) => forms.delete(id) },
};

/** Deletes what a plan named, which was there when it was made. */
export async function removeEntry(type: HandedOverType, management: ManagementClient, name: string): Promise<void> {
  const removal = REMOVALS[type];
  if (removal === undefined) throw new Error(`nobody can delete a ${type}`);
  await removal.delete(management, await getEntryId(type, management, name));
}

/** The id of the one with this name. */
export async function getEntryId(type: HandedOverType, management: ManagementClient, name: string): Promise<string> {
  const { list, idField = "id" } = REMOVALS[type] ?? {};
  const identity = findSpec(type)?.identity;
  const rows = list === undefined ? [] : ((await collect(list(management))) as readonly Fields[]);
  const found = rows.find((row) => identity === undefined || nameEntry(identity, row) === name);
  if (found === undefined) throw new Error(`${type} ${name} is to be deleted, and is not there any more`);
  return String(found[idField]);
}
