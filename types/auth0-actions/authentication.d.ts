import type { Dictionary } from "./event.d.ts";

export type Confidence = "low" | "medium" | "high" | "neutral";

/** One risk signal: what was found, how sure Auth0 is of a good login, and on what grounds. */
export interface Assessment<Code extends string, Details = never> {
  code: Code;
  confidence: Confidence;
  details?: Details;
}

export interface RiskAssessment {
  confidence: Confidence;
  version: string;
  assessments: {
    AgentDetection?: Assessment<"unknown" | "verified_agent", { provider?: string }>;
    ImpossibleTravel?: Assessment<
      | "minimal_travel_from_last_login"
      | "travel_from_last_login"
      | "substantial_travel_from_last_login"
      | "impossible_travel_from_last_login"
      | "invalid_travel"
      | "missing_geoip"
      | "anonymous_proxy"
      | "unknown_location"
      | "initial_login"
      | "location_history_not_found"
      | "assessment_not_available"
    >;
    NewDevice?: Assessment<
      | "match"
      | "partial_match"
      | "no_match"
      | "initial_login"
      | "unknown_device"
      | "no_device_history"
      | "assessment_not_available",
      { device?: "known" | "unknown"; useragent?: "known" | "unknown" }
    >;
    UntrustedIP?: Assessment<
      "not_found_on_deny_list" | "found_on_deny_list" | "invalid_ip_address" | "assessment_not_available",
      { category?: string; ip?: string; matches?: string; source?: string }
    >;
  };
  supplemental?: Dictionary;
}

export interface Authentication {
  /**
   * `federated`, `pwd`, `passkey`, `sms`, `email`, `phone_number`, `mock`, `mfa` or the URL of a custom method;
   * timestamps are ISO 8601.
   */
  methods: { name: string; timestamp: string; type?: string }[];
  riskAssessment?: RiskAssessment;
}

type PhoneFactor = { type: "phone"; options?: { preferredMethod?: "sms" | "voice" | "both" } };

export type FactorSelector =
  | { type: "otp" | "email" | "webauthn-platform" | "webauthn-roaming" | "recovery-code"; options?: Dictionary }
  | PhoneFactor
  | { type: "push" | "push-notification"; options?: { otpFallback?: boolean } };

export type EnrollmentFactorSelector =
  | {
      type: "otp" | "webauthn-platform" | "webauthn-roaming" | "push" | "push-notification" | "recovery-code";
      options?: Dictionary;
    }
  | PhoneFactor;

export type MultifactorProvider = "none" | "guardian" | "google-authenticator" | "duo" | "any";

export interface DuoOptions {
  host: string;
  ikey: string;
  skey: string;
  username?: string;
}
