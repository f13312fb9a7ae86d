import type { CodedProblem } from "./problem.ts";
import { renderPath } from "./shape.ts";
import type { TenantSource } from "./source.ts";

/** Of a value that has the wrong type, which keyword it came from: in the file itself there is nothing to be seen of it. */
export function nameKeyword(problem: CodedProblem, { texts }: Pick<TenantSource, "texts">): CodedProblem {
  if (!problem.message.startsWith("expected ")) return problem;
  const place = renderPath(problem.path);
  const text = texts.find(({ path, isKey }) => !isKey && renderPath(path) === place);
  const [keyword, ...others] = text?.parts ?? [];
  if (keyword === undefined || typeof keyword === "string" || others.length > 0) return problem;
  const isListInList = typeof problem.path.at(-1) === "number" && problem.message.endsWith("found a list");
  const advice = isListInList ? "; a keyword that stands for a list is the whole list, without brackets or a dash" : "";
  return { ...problem, message: `${problem.message.replace(" (quote it)", "")}, from ${keyword.marker}${advice}` };
}
