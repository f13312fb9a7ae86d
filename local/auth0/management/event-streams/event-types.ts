import { getRequestSchema } from "../request-schemas/get-request-schema.ts";

interface StreamSchema {
  readonly properties: {
    readonly subscriptions: {
      readonly items: { readonly properties: { readonly event_type: { readonly enum: readonly string[] } } };
    };
  };
}

/** Groups are not in this tenant, so that theirs never come. */
export function isEventType(type: string): boolean {
  const { properties } = getRequestSchema("UpdateEventStreamRequestContent") as unknown as StreamSchema;
  return properties.subscriptions.items.properties.event_type.enum.includes(type);
}
