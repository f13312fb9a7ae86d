import { toFolderName } from "../../tenant/action-code.ts";
import { findPaths } from "../../tenant/find-paths.ts";
import { valueAt } from "../../tenant/paths.ts";
import { isMapping, type Path } from "../../tenant/shape.ts";

/** What a file is to be called, from the project's folder. */
export interface FileName {
  /** That nobody else's files may begin with: `databases/users`. */
  readonly stem: string;
  /** `/login.js` */
  readonly rest: string;
}

/** A content that belongs into a file of its own. */
export interface Content {
  /** In a document. */
  readonly path: Path;
  readonly text: string;
  readonly name: FileName;
  /** The folder that a reference to it starts at; the project's if it is empty. */
  readonly base: string;
}

interface Row {
  readonly at: string;
  /** @param key the last of the path */
  readonly name: (entry: Readonly<Record<string, unknown>>, key: string) => FileName;
  readonly base?: string;
  readonly where?: (entry: Readonly<Record<string, unknown>>) => boolean;
}

const slug = (name: unknown): string => toFolderName(String(name));
const file = (folder: string, name: unknown, rest: string): FileName => ({ stem: `${folder}/${slug(name)}`, rest });

/** What `references.ts` reads from files, and where an export of the Deploy CLI puts it. */
const ROWS: readonly Row[] = [
  {
    at: "databases.*.options.customScripts.*",
    name: ({ name }, script) => file("databases", name, `/${slug(script)}.js`),
  },
  { at: "clients.*.custom_login_page", name: ({ name }) => file("clients", name, ".html"), base: "clients" },
  { at: "pages.*.html", name: ({ name }) => file("pages", name, ".html") },
  { at: "emailTemplates.*.body", name: ({ template }) => file("emailTemplates", template, ".html") },
  { at: "actions.*.code", name: ({ name }) => file("actions", name, "/code.js") },
  { at: "actionModules.*.code", name: ({ name }) => file("action-modules", name, "/code.js") },
  { at: "branding.templates.*.body", name: ({ template }) => file("branding_templates", template, ".html") },
  {
    at: "connections.*.options.email.body",
    name: ({ name }) => file("connections", name, ".html"),
    base: "connections",
    where: ({ strategy }) => strategy === "email",
  },
];

/** The texts of a document that are files' contents. What is empty stays where it is: nothing there is nothing to load. */
export function listContents(document: unknown): readonly Content[] {
  return ROWS.flatMap(({ at, name, base = "", where = () => true }) =>
    findPaths(document, at).flatMap((path) => {
      const text = valueAt(document, path);
      const entry = entryOf(document, path);
      if (typeof text !== "string" || text === "" || !where(entry)) return [];
      return [{ path, text, base, name: name(entry, String(path.at(-1))) }];
    }),
  );
}

/** The innermost list's entry that a path leads through. */
function entryOf(document: unknown, path: Path): Readonly<Record<string, unknown>> {
  const index = path.findLastIndex((key) => typeof key === "number");
  const entry = valueAt(document, path.slice(0, index + 1));
  return isMapping(entry) ? entry : {};
}

/** The files of a flow, a form or a screen: all of it but for its name is JSON of its own. */
export const jsonFile = (folder: string, name: unknown): FileName => file(folder, name, ".json");
