import type { TokenQuota } from "./token-quota.ts";

export interface Organization extends Record<string, unknown> {
  readonly id: string;
  /** Lower-case, unique in the tenant. */
  readonly name: string;
  readonly display_name?: string;
  readonly branding?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Whether its members may use those clients alone that it names. */
  readonly is_app_entitlement_active?: boolean;
  readonly token_quota?: TokenQuota;
}

export interface OrganizationMember {
  /** `<organization>:<user>`, so that a user is a member once. */
  readonly id: string;
  readonly organization_id: string;
  readonly user_id: string;
  /** Roles that the user has when logged in to this organization, and only then. */
  readonly roles: readonly string[];
}

export interface OrganizationConnection {
  /** `<organization>:<connection>`. */
  readonly id: string;
  readonly organization_id: string;
  readonly connection_id: string;
  readonly organization_connection_name?: string;
  readonly assign_membership_on_login: boolean;
  readonly is_signup_enabled: boolean;
  readonly show_as_button: boolean;
  readonly is_enabled: boolean;
  readonly organization_access_level: string;
}

export interface OrganizationClientGrant {
  /** `<organization>:<grant>`. */
  readonly id: string;
  readonly organization_id: string;
  readonly grant_id: string;
}

export interface OrganizationClient {
  /** `<organization>:<client>`. */
  readonly id: string;
  readonly organization_id: string;
  readonly client_id: string;
  readonly use_for_member_access: boolean;
}

export interface DiscoveryDomain {
  readonly id: string;
  readonly organization_id: string;
  readonly domain: string;
  readonly status: "pending" | "verified";
  readonly verification_host: string;
  readonly verification_txt: string;
  readonly use_for_organization_discovery: boolean;
}

export interface Invitation {
  readonly id: string;
  readonly organization_id: string;
  readonly inviter: { readonly name: string };
  readonly invitee: { readonly email: string };
  readonly invitation_url: string;
  /** What the URL carries in `invitation`: whoever has it may accept. */
  readonly ticket_id: string;
  readonly client_id: string;
  readonly connection_id?: string;
  readonly app_metadata?: Readonly<Record<string, unknown>>;
  readonly user_metadata?: Readonly<Record<string, unknown>>;
  readonly roles: readonly string[];
  readonly created_at: string;
  readonly expires_at: string;
}
