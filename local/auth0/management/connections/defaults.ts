/** Profile fields that a password may not contain, once that rule is switched on. */
const PROFILE_FIELDS = [
  "name",
  "username",
  "nickname",
  "email",
  "phone_number",
  "first_name",
  "last_name",
  "given_name",
  "family_name",
];

/** Options that a new database connection gets where the request names none. */
export const DATABASE_OPTIONS = {
  mfa: { active: true, return_enroll_settings: true },
  passwordPolicy: "good",
  strategy_version: 2,
  brute_force_protection: true,
  password_options: {
    complexity: {
      character_type_rule: "all",
      identical_characters: "allow",
      sequential_characters: "allow",
      max_length_exceeded: "error",
      min_length: 15,
      character_types: [],
    },
    profile_data: { active: false, blocked_fields: PROFILE_FIELDS },
    history: { active: false, size: 3 },
    dictionary: { active: false, custom: [], default: "en_100k" },
  },
  authentication_methods: {
    password: { enabled: true, api_behavior: "required", signup_behavior: "allow" },
    passkey: { enabled: false },
  },
  passkey_options: { challenge_ui: "both", progressive_enrollment_enabled: true, local_enrollment_enabled: true },
} as const;
