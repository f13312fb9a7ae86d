/** A user as the triggers beside the login have it. Source: Auth0 docs, event object references. */
import type { Dictionary } from "./event.d.ts";

export interface UserBase {
  user_id: string;
  created_at: string;
  updated_at: string;
  email_verified: boolean;
  app_metadata: Dictionary;
  user_metadata: Dictionary;
  email?: string;
  family_name?: string;
  given_name?: string;
  last_password_reset?: string;
  name?: string;
  nickname?: string;
  phone_number?: string;
  phone_verified?: boolean;
  picture?: string;
  username?: string;
}

export type Identity = {
  connection?: string;
  isSocial?: boolean;
  profileData?: Dictionary<string>;
  provider?: string;
  user_id?: string;
} & Dictionary;

/** Only where Akamai sits in front of the tenant. */
export interface SupplementalAssessment {
  riskAssessment?: { supplemental?: { akamai?: { akamaiBot?: Dictionary; akamaiUserRisk?: Dictionary } } };
}

export interface SecurityContext {
  ja3?: string;
  ja4?: string;
}

/** Of the authorization request that led here. */
export interface BrowserTransaction {
  acr_values: string[];
  correlation_id?: string;
  locale: string;
  login_hint?: string;
  prompt?: string[];
  protocol?: string;
  redirect_uri?: string;
  requested_scopes: string[];
  response_mode?: "query" | "fragment" | "form_post" | "web_message";
  response_type?: ("code" | "token" | "id_token")[];
  state?: string;
  ui_locales: string[];
}
