import type { ActionSecret } from "../auth0/state/action.ts";
import type { TenantState } from "../auth0/state/tenant-state.ts";
import type { Hide } from "./serving/page.ts";

/** Makes what takes values out of a text, in every form in which they may stand there. */
export type CreateRedactor = (values: readonly string[]) => (text: string) => string;

/**
 * Takes out of a view what Actions and clients keep secret. Settings are secrets to Auth0, since Actions have nothing else; what the
 * tenant has in the open as well (an API's identifier), a day, a word and an address of this machine stay: every claim's name, every
 * time of that day would go.
 */
export function createHide(state: TenantState, createRedactor: CreateRedactor): Hide {
  let known = "";
  let redact = (text: string): string => text;
  const hideIn = (value: unknown): unknown => {
    if (typeof value === "string") return redact(value);
    if (Array.isArray(value)) return value.map(hideIn);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [redact(name), hideIn(member)]));
  };
  return <View>(view: View): View => {
    const secrets = listSecrets(state);
    const key = JSON.stringify(secrets);
    if (key !== known) {
      redact = createRedactor(secrets);
      known = key;
    }
    return hideIn(view) as View;
  };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** `remove`, `requested`: what a setting is set to, and a part of what every page says. */
const WORD = /^[a-z]{1,9}$/;
const HERE = /^https?:\/\/(?:localhost|127\.0\.0\.1)[:/]/;
const isSetting = (value: string): boolean => [DAY, WORD, HERE].some((kind) => kind.test(value));

function listSecrets(state: TenantState): readonly string[] {
  const inTheOpen = new Set([
    ...state.resourceServers.values().map(({ identifier }) => identifier),
    ...state.connections.values().map(({ name }) => name),
  ]);
  const sources: readonly { readonly secrets: readonly ActionSecret[] }[] = [
    ...state.actions.values().map(({ draft }) => draft),
    ...state.actionVersions.values(),
    ...state.actionModules.values(),
    ...state.actionModuleVersions.values(),
  ];
  const values = [
    ...sources.flatMap(({ secrets }) => secrets.map(({ value }) => value)),
    ...state.clients.values().flatMap(({ client_secret }) => client_secret ?? []),
  ];
  return [...new Set(values)].filter((value) => !inTheOpen.has(value) && !isSetting(value));
}
