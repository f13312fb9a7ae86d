import { Document, isMap, isScalar, isSeq, type Node, type Scalar, visit } from "yaml";
import { findMarkers, isWholeMarker } from "../../tenant/markers.ts";
import { findTypes } from "../../tenant/schema/schemas.ts";
import { isMapping, type Path } from "../../tenant/shape.ts";

/** What is put into tenant.yaml, and what of it only Auth0 knows. */
export interface YamlValue {
  readonly value: unknown;
  /** Members that are not in the value: a comment at their place says how they are written. */
  readonly missing?: unknown;
  /** Where tenant.yaml has it: what Auth0 takes there decides whether a keyword is quoted. */
  readonly path: Path;
}

/** The YAML of a value in block style, its lines not indented. Every text that a parser could take for something else is quoted. */
export function renderYaml({ value, missing, path }: YamlValue): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  const keywords: string[] = [];
  visit(document, {
    Scalar: (_, scalar, ancestors) => {
      if (typeof scalar.value !== "string") return;
      const place = [...path, ...pathOf([...ancestors, scalar])];
      if (mayStayUnquoted(scalar.value, place)) {
        scalar.value = `keyword${keywords.push(scalar.value)}q`;
        return;
      }
      quote(scalar);
    },
  });
  addComments(document.contents, missing);
  const text = document.toString({ lineWidth: 0, indentSeq: true, flowCollectionPadding: false });
  return text.replace(/\bkeyword(\d+)q\b/g, (word, number) => keywords[Number(number) - 1] ?? word);
}

/** A keyword that stands for a number, a flag or a list is none of these in quotes. */
function mayStayUnquoted(text: string, path: Path): boolean {
  if (!isWholeMarker(text)) return false;
  const types = findTypes(path);
  return types !== undefined && !types.includes("string");
}

const PLAIN = /^(?:\.\/)?[A-Za-z](?:[\w-]|[ ./:@+,]+(?=[\w-]))*[./]?$/;
const OTHERWISE = /^(?:true|false|null|yes|no|on|off|y|n)$|: |, |:$/i;

function quote(scalar: Scalar): void {
  const text = String(scalar.value);
  scalar.type = PLAIN.test(text) && !OTHERWISE.test(text) && findMarkers(text).length === 0 ? "PLAIN" : "QUOTE_DOUBLE";
}

/** Keys and indexes that lead to a node. */
function pathOf(nodes: readonly unknown[]): Path {
  return nodes.flatMap((node, index): Path => {
    const next = nodes[index + 1];
    if (isSeq(node)) return [node.items.indexOf(next)];
    const key = typeof next === "object" && next !== null && "key" in next ? next.key : undefined;
    return isMap(node) && isScalar(key) ? [String(key.value)] : [];
  });
}

/** `missing` has the form of the node's value: where only it has a member, a comment has that member's YAML. */
function addComments(node: unknown, missing: unknown): void {
  if (isSeq(node) && Array.isArray(missing)) {
    node.items.forEach((item, index) => {
      addComments(item, missing[index]);
    });
  }
  if (!isMap(node) || !isMapping(missing)) return;
  const absent = Object.entries(missing).filter(([key]) => !node.has(key));
  for (const [key, member] of Object.entries(missing)) addComments(node.get(key, true), member);
  if (absent.length === 0) return;
  const lines = renderYaml({ value: Object.fromEntries(absent), path: [] })
    .trimEnd()
    .split("\n");
  (node as Node).comment = lines.map((line) => ` ${line}`).join("\n");
}
