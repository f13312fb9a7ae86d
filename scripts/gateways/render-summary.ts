import { relative } from "node:path";

interface Summary {
  readonly name: string;
  readonly files: readonly string[];
  readonly warnings: readonly string[];
}

/** For a person: what was written, and what each gateway cannot do. */
export function renderSummary(out: string, gateways: readonly Summary[]): string {
  const folder = relative(process.cwd(), out) || ".";
  const blocks = gateways.map(({ name, files, warnings }) =>
    [`${folder}/${name}`, ...files.map((file) => `  ${file}`), ...warnings.map((text) => `  warning: ${text}`)].join(
      "\n",
    ),
  );
  return [...blocks, `${gateways.length} gateways written.`].join("\n\n");
}
