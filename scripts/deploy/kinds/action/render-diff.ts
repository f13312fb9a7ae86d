import { createTwoFilesPatch } from "diff";

/** Unified diff of two states of an Action's code. */
export function renderCodeDiff(name: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(`live/${name}.js`, `dist/actions/${name}.js`, before, after, "", "", {
    context: 3,
  });
  return patch.replace(/^=+\n/, "");
}
