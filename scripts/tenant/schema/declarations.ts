/** An interface or a type of a declaration file, as far as field names and types go. */
export type Declaration =
  | {
      readonly kind: "interface";
      readonly extended: readonly string[];
      readonly members: ReadonlyMap<string, string>;
      /** It has an index signature: other names are taken as well. */
      readonly open: boolean;
    }
  | { readonly kind: "alias"; readonly type: string }
  /** One of these texts. */
  | { readonly kind: "choice"; readonly values: readonly string[] };

export type Declarations = ReadonlyMap<string, Declaration>;

/**
 * The interfaces and type aliases of the auth0 package's declarations. They are generated: one member a line, no inline
 * objects, so that a parser of TypeScript is not needed.
 */
export function parseDeclarations(source: string): Declarations {
  const bare = source.replace(/\/\*[\s\S]*?\*\//g, "");
  const interfaces = [...bare.matchAll(/^export interface (\w+)(?: extends ([^{]+))? \{([\s\S]*?)^\}/gm)].map(
    ([, name = "", extended = "", body = ""]) => [name, parseInterface(extended, body)] as const,
  );
  const aliases = [...bare.matchAll(/^export type (\w+) = ([\s\S]*?);$/gm)].map(
    ([, name = "", type = ""]) => [name, { kind: "alias", type }] as const,
  );
  return new Map<string, Declaration>([...aliases, ...interfaces, ...listChoices(bare)]);
}

/**
 * Constants whose values are the texts of a type: `ClientAppTypeEnum`, and `Client.Strategy` of a namespace. One with other values
 * than texts is none.
 */
function listChoices(bare: string): readonly (readonly [string, Declaration])[] {
  const inNamespaces = [...bare.matchAll(/^export declare namespace (\w+) \{([\s\S]*?)^\}/gm)].flatMap(
    ([, owner = "", body = ""]) =>
      [...body.matchAll(/^ {4}const (\w+): \{([\s\S]*?)^ {4}\}/gm)].map(
        ([, name = "", members = ""]) => [`${owner}.${name}`, members] as const,
      ),
  );
  const alone = [...bare.matchAll(/^export declare const (\w+): \{([\s\S]*?)^\}/gm)].map(
    ([, name = "", members = ""]) => [name, members] as const,
  );
  return [...alone, ...inNamespaces].flatMap(([name, members]) => {
    const all = members.split("\n").filter((line) => line.includes(":"));
    const values = readValues(members);
    return values.length === 0 || values.length < all.length ? [] : [[name, { kind: "choice", values }] as const];
  });
}

const readValues = (members: string): readonly string[] =>
  [...members.matchAll(/readonly (?:\w+|"[^"]*"): "([^"]*)"/g)].map(([, value = ""]) => value);

function parseInterface(extended: string, body: string): Declaration {
  const members = [...body.matchAll(/^ {4}(?:"([^"]+)"|(\w+))\??: ([^;]+);/gm)].map(
    ([, quoted, bare, type = ""]) => [quoted ?? bare ?? "", type] as const,
  );
  return {
    kind: "interface",
    extended: extended.split(",").flatMap((name) => (name.trim() === "" ? [] : [bareName(name)])),
    members: new Map(members),
    open: /^ {4}\[key: string\]:/m.test(body),
  };
}

/** `Management.Client` → `Client` */
export const bareName = (name: string): string => name.trim().replace(/^Management\./, "");

/** The values of a declared constant such as `ActionTriggerTypeEnum`. */
export function listValues(source: string, constant: string): readonly string[] {
  const body = new RegExp(`^export declare const ${constant}: \\{([\\s\\S]*?)^\\}`, "m").exec(source)?.[1] ?? "";
  return readValues(body);
}
