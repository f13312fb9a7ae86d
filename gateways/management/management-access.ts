/** A client that may do at the Management API what its owner needs; apart from the SDK, which who names this need not have. */
export interface ManagementAccess {
  /** The tenant's own domain, not a custom one. */
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
}
