import type { Clock } from "../clock.ts";
import type { Actions } from "./actions/actions.ts";
import type { ActionBuildSettings } from "./actions/build/build.ts";
import type { InFlight } from "./authentication/in-flight.ts";
import type { EventStreams } from "./event-streams/create-event-streams.ts";
import type { TenantFaults } from "./faults.ts";
import type { GeolocationSetting } from "./geolocation.ts";
import type { TenantLogs } from "./logs.ts";
import type { SigningKeys } from "./signing-keys.ts";
import type { TenantState } from "./state/tenant-state.ts";

/** What every endpoint is given: who this tenant is, what it remembers, its keys and its clock. */
export interface Tenant {
  /** The tenant's name, `event.tenant.id` in an Action. */
  readonly name: string;
  /** Host and port as clients address it, e.g. `localhost:4433`; known once the server listens. */
  readonly domain: string;
  /** `https://<domain>/`, with the slash that Auth0's issuer has. */
  readonly issuer: string;
  readonly clock: Clock;
  readonly state: TenantState;
  readonly signingKeys: SigningKeys;
  readonly inFlight: InFlight;
  /** The Actions that are bound, as the Authentication API runs them. */
  readonly actions: Actions;
  readonly actionBuilds: ActionBuildSettings;
  /** What is the matter with it, on purpose. */
  readonly faults: TenantFaults;
  /** What has happened here, on its way to those who subscribed. */
  readonly eventStreams: EventStreams;
  readonly geolocation: GeolocationSetting;
  /** The tenant log, which the Management API shows. */
  readonly logs: TenantLogs;
  /** The server's own log, one line an entry: for the person at the terminal, never a secret in it. */
  log(line: string): void;
}

/** The audience of Management API tokens, with its slash. */
export function managementAudience({ issuer }: Pick<Tenant, "issuer">): string {
  return `${issuer}api/v2/`;
}
