/** The id of what belongs to an organization once for each thing: a member, a connection, a grant. */
export function linkId(organizationId: string, otherId: string): string {
  return `${organizationId}:${otherId}`;
}
