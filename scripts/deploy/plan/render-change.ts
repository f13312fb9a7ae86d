import { type Paint, plain } from "../../terminal/paint.ts";
import type { FieldChange } from "../compare/compare-fields.ts";
import type { Change, Reorder } from "./change.ts";
import { renderField, renderPatch } from "./render-field.ts";

const SIGNS = { create: "+", update: "~", delete: "-", reorder: "↕" } as const;
const ROLES = { create: "green", update: "yellow", delete: "red", reorder: "yellow" } as const;

export function renderChange(change: Change, paint: Paint = plain): readonly string[] {
  const title = paint(ROLES[change.operation], `${SIGNS[change.operation]} ${change.type} ${change.name}`);
  const head = change.overlay === undefined ? title : `${title}  ${paint("dim", `(${change.overlay})`)}`;
  if (change.operation === "reorder") return [head, ...renderOrder(change, paint)];
  const code = change.codeDiff === undefined ? [] : renderPatch(change.codeDiff, "    ", paint);
  return [head, ...joinMembers(change).flatMap((field) => renderField(field, paint)), ...code];
}

/** What is new has its members one by one (the clients of a database): they are one list. */
function joinMembers({ operation, fields }: Change): readonly FieldChange[] {
  if (operation !== "create") return fields;
  const paths = [...new Set(fields.map(({ path }) => path))];
  return paths.flatMap((path) => {
    const same = fields.filter((field) => field.path === path);
    const [first] = same;
    return first === undefined || same.length === 1 ? same : [{ ...first, after: same.map(({ after }) => after) }];
  });
}

function renderOrder({ before, after }: Reorder, paint: Paint): readonly string[] {
  const names = after.map(({ actionName }) => actionName);
  return [
    ...after.map(({ actionName, isOurs }, index) => {
      const was = before.indexOf(actionName);
      const note = was === -1 ? "newly bound" : was === index ? "" : `was ${was + 1}.`;
      const text = [`${index + 1}. ${actionName}`, isOurs ? "" : "(not ours)", note].filter(Boolean).join("  ");
      return `    ${was === -1 ? paint("green", text) : note === "" ? text : paint("yellow", text)}`;
    }),
    ...before.filter((name) => !names.includes(name)).map((name) => `    ${paint("red", `${name}  unbound`)}`),
  ];
}
