import type { Update, Warning } from "../../plan/change.ts";

/** With a shorter lifetime people are logged out earlier, with a longer one whoever has a token or a session keeps it longer. */
export function warnOfLifetimes({ type, name, fields }: Update): readonly Warning[] {
  return fields.flatMap(({ path, before, after }): readonly Warning[] => {
    if (!/lifetime/.test(path) || typeof before !== "number" || typeof after !== "number") return [];
    const change = `${path} of ${type} ${name} goes from ${before} to ${after}`;
    return [
      after < before
        ? {
            code: "LIFETIME_SHORTENED",
            message: `${change}: sessions or tokens end earlier than clients expect.`,
          }
        : {
            code: "LIFETIME_EXTENDED",
            message: `${change}: whoever has a session or a token, a stolen one too, has it for longer.`,
          },
    ];
  });
}
