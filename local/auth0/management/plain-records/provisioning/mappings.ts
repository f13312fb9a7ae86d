/** One member of a user there, and where it goes in a user here. */
export type MappedField = Readonly<Record<"scim" | "idp" | "auth0", string>>;

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.";

/** Recorded of okta and waad connections by terraform-provider-auth0. */
const SCIM = `
  userName → preferred_username (not waad)
  emails[primary eq true].value → email (not waad)
  userName → upn (waad)
  emails[type eq "work"].value → email (waad)
  externalId → app_metadata.external_id
  active → blocked
  displayName → name
  name.givenName → given_name
  name.familyName → family_name
  name.middleName → app_metadata.middle_name (not waad)
  name.honorificPrefix → app_metadata.honorific_prefix (not waad)
  name.honorificSuffix → app_metadata.honorific_suffix (not waad)
  nickName → nickname
  photos[type eq "photo"].value → picture
  phoneNumbers[primary eq true].value → app_metadata.primary_phone_number (not waad)
  phoneNumbers[type eq "work"].value → app_metadata.work_phone_number (waad)
  phoneNumbers[type eq "mobile"].value → app_metadata.mobile_phone_number
  phoneNumbers[type eq "fax"].value → app_metadata.fax_number (waad)
  addresses[type eq "work"].streetAddress → app_metadata.street_address
  addresses[type eq "work"].locality → app_metadata.city
  addresses[type eq "work"].region → app_metadata.state
  addresses[type eq "work"].postalCode → app_metadata.postal_code
  addresses[type eq "work"].formatted → app_metadata.postal_address
  addresses[type eq "work"].country → app_metadata.country
  profileUrl → app_metadata.profile_url
  userType → app_metadata.user_type
  title → app_metadata.title
  preferredLanguage → app_metadata.language
  locale → app_metadata.locale
  timezone → app_metadata.timezone
  enterprise:employeeNumber → app_metadata.employee_id
  enterprise:costCenter → app_metadata.cost_center
  enterprise:organization → app_metadata.organization
  enterprise:division → app_metadata.division
  enterprise:department → app_metadata.department
  enterprise:manager → app_metadata.manager
`;

/** Recorded of google-apps connections by terraform-provider-auth0; one word goes by the same name. */
const GOOGLE = `
  id:app_metadata.external_id primaryEmail:email primaryEmail name.fullName:name name.givenName:given_name
  name.familyName:family_name isAdmin isAdmin:is_admin isDelegatedAdmin agreedToTerms agreedToTerms:tou_accepted
  suspended suspended:is_suspended suspended:blocked suspensionReason archived ipWhitelisted
  ipWhitelisted:is_ipWhitelisted kind etag customerId orgUnitPath emails phones externalIds aliases addresses
  organizations nonEditableAliases relations languages posixAccounts notes websites locations keywords gender ims
  creationTime lastLoginTime changePasswordAtNextLogin isMailboxSetup includeInGlobalAddressList thumbnailPhotoUrl
  thumbnailPhotoEtag isEnrolledIn2Sv isEnforcedIn2Sv recoveryEmail recoveryPhone sshPublicKeys customSchemas
`;

/** The mapping of a SCIM configuration that names none. Of oidc and samlp nothing is recorded: as of okta, which is OpenID Connect. */
export function listScimFields(strategy: string): readonly Omit<MappedField, "idp">[] {
  const other = strategy === "waad" ? " (not waad)" : " (waad)";
  return SCIM.trim()
    .split("\n")
    .filter((line) => !line.endsWith(other))
    .map((line) => {
      const [scim = "", auth0 = ""] = line
        .trim()
        .replace(/ \(.*\)$/, "")
        .replace("enterprise:", ENTERPRISE)
        .split(" → ");
      return { scim, auth0 };
    });
}

/** The mapping of a directory provisioning that names none; of others than google-apps nothing is recorded. */
export function listDirectoryFields(strategy: string): readonly Omit<MappedField, "scim">[] {
  if (strategy !== "google-apps") return [];
  return GOOGLE.trim()
    .split(/\s+/)
    .map((pair) => {
      const [idp = "", auth0 = idp] = pair.split(":");
      return { idp, auth0 };
    });
}
