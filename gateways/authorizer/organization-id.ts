/** Of Auth0's organizations: `org_`, and letters and digits. */
export const isOrganizationId = (text: string): boolean => /^org_\w{1,100}$/.test(text);
