/** How many tokens a client may get for itself. */
export interface TokenQuota {
  readonly client_credentials?: {
    readonly per_hour?: number;
    readonly per_day?: number;
    /** Without it the quota holds; false only tells of it. */
    readonly enforce?: boolean;
  };
}
