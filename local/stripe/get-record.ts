import { resourceMissing } from "./errors.ts";

interface Records<T> {
  get(id: string): T | undefined;
}

/**
 * The record, which must be there.
 *
 * @param kind as Stripe's message has it: "billing meter"
 * @param param the parameter that names it; without it the path does
 * @throws {StripeFailure} resource_missing
 */
export function getRecord<T>(records: Records<T>, kind: string, id: string, param?: string): T {
  const record = records.get(id);
  if (record === undefined) throw resourceMissing(kind, id, param);
  return record;
}
