import { choice, closed, flag, listOf, open, orNull, type Properties, text, whole } from "../schema.ts";

/**
 * Options of a connection, as far as Auth0's OpenAPI names them for databases. It lets any others pass: each strategy has
 * its own.
 */
export const OPTIONS = open({
  validation: orNull(
    closed({ username: orNull(closed({ min: whole(), max: whole() }, ["min", "max"])) }, [], "Options for validation"),
  ),
  non_persistent_attrs: orNull(
    listOf(
      text(),
      "An array of user fields that should not be stored in the Auth0 database (https://auth0.com/docs/security/data-security/denylist)",
    ),
  ),
  precedence: listOf(
    choice(["email", "phone_number", "username"], "Order of precedence for attribute types"),
    "Order of precedence for attribute types. If the property is not specified, the default precedence of attributes will be used.",
  ),
  attributes: closed(
    {
      email: closed(
        {
          identifier: closed({
            active: flag("Determines if the attribute is used for identification"),
            default_method: choice(["password", "email_otp"], "Default authentication method for email identifier"),
          }),
          unique: flag("Determines if the attribute is unique in a given connection"),
          profile_required: flag("Determines if property should be required for users"),
          verification_method: choice(["link", "otp"]),
          signup: closed({
            status: choice(["required", "optional", "inactive"]),
            verification: closed({ active: flag() }),
          }),
        },
        [],
        "Configuration for the email attribute for users.",
      ),
      phone_number: closed(
        {
          identifier: closed({
            active: flag("Determines if the attribute is used for identification"),
            default_method: choice(
              ["password", "phone_otp"],
              "Default authentication method for phone_number identifier",
            ),
          }),
          profile_required: flag("Determines if property should be required for users"),
          signup: closed({
            status: choice(["required", "optional", "inactive"]),
            verification: closed({ active: flag() }),
          }),
        },
        [],
        "Configuration for the phone number attribute for users.",
      ),
      username: closed(
        {
          identifier: closed({ active: flag("Determines if the attribute is used for identification") }),
          profile_required: flag("Determines if property should be required for users"),
          signup: closed({ status: choice(["required", "optional", "inactive"]) }),
          validation: closed({
            min_length: whole("Minimum allowed length"),
            max_length: whole("Maximum allowed length"),
            allowed_types: closed({ email: flag(), phone_number: flag() }),
          }),
        },
        [],
        "Configuration for the username attribute for users.",
      ),
    },
    [],
    "Attribute configuration",
  ),
  enable_script_context: flag(
    "Set to true to inject context into custom DB scripts (warning: cannot be disabled once enabled)",
  ),
  enabledDatabaseCustomization: flag("Set to true to use a legacy user store"),
  import_mode: flag(
    "Enable this if you have a legacy user store and you want to gradually migrate those users to the Auth0 user store",
  ),
  configuration: orNull(open({}, "Stores encrypted string only configurations for connections")),
  customScripts: open(
    {
      login: text(),
      get_user: text(),
      delete: text(),
      change_password: text(),
      verify: text(),
      create: text(),
      change_username: text(),
      change_email: text(),
      change_phone_number: text(),
    },
    "A map of scripts used to integrate with a custom database.",
  ),
  authentication_methods: orNull(
    closed(
      {
        password: closed(
          {
            enabled: flag("Determines whether passwords are enabled"),
            api_behavior: choice(["required", "optional"], "Specifies the API behavior for password authentication"),
            signup_behavior: choice(["allow", "block"], "Specifies the signup behavior for password authentication"),
          },
          [],
          "Password authentication enablement",
        ),
        passkey: closed(
          { enabled: flag("Determines whether passkeys are enabled") },
          [],
          "Passkey authentication enablement",
        ),
        email_otp: closed(
          { enabled: flag("Determines whether email OTP is enabled") },
          [],
          "Email OTP authentication enablement",
        ),
        phone_otp: closed(
          { enabled: flag("Determines whether phone OTP is enabled") },
          [],
          "Phone OTP authentication enablement",
        ),
      },
      [],
      "Options for enabling authentication methods.",
    ),
  ),
  passkey_options: orNull(
    closed(
      {
        challenge_ui: choice(
          ["both", "autofill", "button"],
          "Controls the UI used to challenge the user for their passkey.",
        ),
        progressive_enrollment_enabled: flag(
          "Enables or disables progressive enrollment of passkeys for the connection.",
        ),
        local_enrollment_enabled: flag(
          "Enables or disables enrollment prompt for local passkey when user authenticates using a cross-device passkey for the connection.",
        ),
      },
      [],
      "Options for the passkey authentication method",
    ),
  ),
  passwordPolicy: orNull(choice(["none", "low", "fair", "good", "excellent"], "Password strength level")),
  password_complexity_options: orNull(
    closed({ min_length: whole("Minimum password length") }, [], "Password complexity options"),
  ),
  password_history: orNull(
    closed({ enable: flag(), size: whole() }, ["enable"], "Options for password history policy"),
  ),
  password_no_personal_info: orNull(
    closed({ enable: flag() }, ["enable"], "Options for personal info in passwords policy"),
  ),
  password_dictionary: orNull(
    closed(
      { enable: flag(), dictionary: listOf(text(), "Custom Password Dictionary. An array of up to 200 entries.") },
      ["enable"],
      "Options for password dictionary policy",
    ),
  ),
  disable_self_service_change_password: flag(),
  password_options: closed(
    {
      complexity: closed(
        {
          min_length: whole("Minimum password length required (1-72 characters)"),
          character_types: listOf(
            choice(["uppercase", "lowercase", "number", "special"]),
            "Required character types that must be present in passwords. Valid options: uppercase, lowercase, number, special",
          ),
          character_type_rule: choice(
            ["all", "three_of_four"],
            "When enabled, passwords must contain at least 3 out of 4 character types. Can only be enabled when all 4 character types are specified",
          ),
          identical_characters: choice(
            ["allow", "block"],
            "Controls whether identical consecutive characters are allowed in passwords",
          ),
          sequential_characters: choice(
            ["allow", "block"],
            "Controls whether sequential characters are allowed in passwords",
          ),
          max_length_exceeded: choice(
            ["truncate", "error"],
            "Controls whether passwords that exceed the maximum length are truncated or rejected",
          ),
        },
        [],
        "Password complexity requirements configuration",
      ),
      dictionary: closed(
        {
          active: flag("Enables dictionary checking to prevent use of common passwords and custom blocked words"),
          custom: listOf(
            text(),
            "Array of custom words to block in passwords. Maximum 200 items, each up to 50 characters",
          ),
          default: choice(
            ["en_10k", "en_100k"],
            'Default dictionary to use for password validation. Options: "en_10k" (10,000 common words) or "en_100k" (100,000 common words)',
          ),
        },
        [],
        "Dictionary-based password restriction policy to prevent common passwords",
      ),
      history: closed(
        {
          active: flag("Enables password history checking to prevent users from reusing recent passwords"),
          size: whole("Number of previous passwords to remember and prevent reuse (1-24)"),
        },
        [],
        "Password history policy configuration to prevent password reuse",
      ),
      profile_data: closed(
        {
          active: flag("Prevents users from including profile data (like name, email) in their passwords"),
          blocked_fields: listOf(text(), "Blocked profile fields. An array of up to 12 entries."),
        },
        [],
        "Personal information restriction policy to prevent use of profile data in passwords",
      ),
    },
    [],
    "Password policy options for flexible password policy configuration",
  ),
} satisfies Properties);
