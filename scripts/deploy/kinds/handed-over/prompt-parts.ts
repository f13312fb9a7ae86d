import type { TenantDocument } from "../../../tenant/document.ts";
import { isMapping } from "../../../tenant/shape.ts";

/** The parts of the prompts' section that Auth0 has at paths of their own, under `/prompts`: `login/custom-text/en`, `login/partials`. */
export function listPromptParts({ prompts }: TenantDocument): readonly string[] {
  const { customText, partials } = isMapping(prompts) ? prompts : {};
  const texts = Object.entries(mappingOf(customText)).flatMap(([language, screens]) =>
    Object.keys(mappingOf(screens)).map((prompt) => `${prompt}/custom-text/${language}`),
  );
  return [...texts, ...Object.keys(mappingOf(partials)).map((prompt) => `${prompt}/partials`)];
}

const mappingOf = (value: unknown) => (isMapping(value) ? value : {});
