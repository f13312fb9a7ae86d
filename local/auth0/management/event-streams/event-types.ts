/** Source: `EventStreamEventTypeEnum` of the `auth0` package. Groups are not in this tenant, so that theirs never come. */
const EVENT_TYPES = new Set([
  ...["user", "organization", "group", "connection"].flatMap((kind) =>
    ["created", "updated", "deleted"].map((what) => `${kind}.${what}`),
  ),
  ...["organization.member", "group.member"].flatMap((kind) => [`${kind}.added`, `${kind}.deleted`]),
  ...["organization.member.role", "organization.group.role", "group.role"].flatMap((kind) => [
    `${kind}.assigned`,
    `${kind}.deleted`,
  ]),
  ...["added", "updated", "removed"].map((what) => `organization.connection.${what}`),
]);

export const isEventType = (type: string): boolean => EVENT_TYPES.has(type);
