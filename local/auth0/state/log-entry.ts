/** An entry of the tenant log in Auth0's form: every key is always there, one without a value is null or empty. */
export interface LogEntry {
  readonly _id: string;
  readonly log_id: string;
  /** ISO 8601 with milliseconds. */
  readonly date: string;
  /** A short code, e.g. `s` for a login (Auth0 docs, "Log Event Type Codes"). */
  readonly type: string;
  readonly description: string | null;
  readonly connection: string | null;
  readonly connection_id: string | null;
  readonly organization_id: string | null;
  readonly organization_name: string | null;
  readonly client_id: string | null;
  readonly client_name: string | null;
  readonly ip: string | null;
  readonly hostname: string | null;
  readonly details: unknown;
  readonly user_id: string | null;
  readonly user_name: string | null;
  readonly user_agent: string | null;
  readonly audience: string | null;
  /** On token exchanges only. */
  readonly scope?: string | null;
  readonly strategy: string | null;
  readonly strategy_type: string | null;
  readonly isMobile: boolean;
  readonly location_info: unknown;
}
