/**
 * The value as it arrives at the other side of the platform's wire: undefined if JSON has nothing for it.
 *
 * @throws {TypeError} on circular structures and big integers
 */
export function toJson(value: unknown): unknown {
  const text: string | undefined = JSON.stringify(value);
  return text === undefined ? undefined : JSON.parse(text);
}
