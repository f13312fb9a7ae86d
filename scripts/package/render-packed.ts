import { relative } from "node:path";
import type { Dependency } from "./list-dependencies.ts";
import type { Packed } from "./pack.ts";

export function renderPacked({ file, size, unpackedSize, files }: Packed, tree: readonly Dependency[]): string {
  const path = relative(process.cwd(), file);
  return [
    `${path}: ${kilobytes(size)}, unpacked ${kilobytes(unpackedSize)} in ${files} files`,
    `npm install ${path} brings along:`,
    ...renderTree(tree, "  "),
  ].join("\n");
}

const kilobytes = (bytes: number): string => `${Math.ceil(bytes / 1000)} kB`;

const renderTree = (tree: readonly Dependency[], indent: string): readonly string[] =>
  tree.flatMap(({ name, version, dependencies }) => [
    `${indent}${name} ${version}${dependencies.length === 0 ? ", which has no dependencies" : ""}`,
    ...renderTree(dependencies, `${indent}  `),
  ]);
