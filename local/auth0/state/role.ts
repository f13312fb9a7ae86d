/** A scope of an API, as it is assigned to roles and users. */
export interface PermissionRef {
  readonly resource_server_identifier: string;
  readonly permission_name: string;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** The tenant's, unless it says so. */
  readonly type?: "tenant" | "organization";
  /** The organization that it belongs to. */
  readonly owner_id?: string;
  /** In the order in which they were added. */
  readonly permissions: readonly PermissionRef[];
}

/** What a user was assigned, under the user's id; apart from the profile, which is what the API shows of a user. */
export interface Assignments {
  readonly user_id: string;
  readonly roles: readonly string[];
  /** Assigned to the user directly, not through a role. */
  readonly permissions: readonly PermissionRef[];
}
