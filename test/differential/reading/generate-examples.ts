import fc from "fast-check";
import type { Example } from "./compare-readings.ts";

/** One value of a generated file: how it is written, and the keywords that it is written with. */
interface Written {
  readonly yaml: string;
  readonly mappings: Readonly<Record<string, unknown>>;
}

/** Texts that neither YAML nor JSON takes for something else, so that every form of writing them means the same. */
const word = fc
  .stringMatching(/^[a-z][a-z]{3,7}(?:[-/:.][a-z]{2,5})?$/)
  .filter((text) => !/^(?:true|false|null)$/.test(text));
const keywordName = fc.stringMatching(/^[A-Z][A-Z0-9_]{2,6}(?:-[A-Z]{2})?$/);

const plain = (yaml: string): Written => ({ yaml, mappings: {} });
const with1 = (name: string, value: unknown, yaml: string): Written => ({ yaml, mappings: { [name]: value } });

const text = fc.tuple(word, word, keywordName, fc.nat(11)).map(([one, other, name, form]): Written => {
  const forms: readonly Written[] = [
    plain(one),
    plain(`'${one} ${other}'`),
    plain(JSON.stringify(`${one} "${other}"\t`)),
    plain(`${one} ${other} # ##${name}##`),
    with1(name, one, `##${name}##`),
    with1(name, `${one} ${other}`, `"##${name}##"`),
    with1(name, one, `'##${name}##'`),
    with1(name, `${one}"${other}\\ #\n`, `@@${name}@@`),
    with1(name, `${one}"${other}`, `"@@${name}@@"`),
    with1(name, one, `${other}-##${name}##-${other}`),
    with1(name, one, `"${other}: ##${name}##"`),
    with1(name, 7200, `"##${name}##"`),
  ];
  return forms[form] ?? plain(one);
});

const number = fc
  .tuple(fc.integer({ min: 1, max: 100_000 }), keywordName, fc.nat(3))
  .map(
    ([value, name, form]): Written =>
      [
        plain(String(value)),
        with1(name, String(value), `##${name}##`),
        with1(name, value, `##${name}##`),
        with1(name, value, `'@@${name}@@'`),
      ][form] ?? plain(String(value)),
  );

const flag = fc
  .tuple(fc.boolean(), keywordName, fc.nat(3))
  .map(
    ([value, name, form]): Written =>
      [
        plain(String(value)),
        with1(name, String(value), `##${name}##`),
        with1(name, value, `@@${name}@@`),
        with1(name, value, `##${name}##`),
      ][form] ?? plain(String(value)),
  );

const texts = fc.oneof(
  fc.array(text, { maxLength: 4 }).map((entries) => join(entries, (written) => `[${written.map(inFlow).join(", ")}]`)),
  fc
    .tuple(fc.uniqueArray(word, { maxLength: 4 }), keywordName, fc.boolean())
    .map(([list, name, quoted]) => with1(name, list, quoted ? `"@@${name}@@"` : `@@${name}@@`)),
  fc
    .tuple(fc.uniqueArray(word, { maxLength: 4 }), keywordName)
    .map(([list, name]) => with1(name, JSON.stringify(list), `##${name}##`)),
);

/** In a list of one line a comment would end it. */
const inFlow = (yaml: string): string => yaml.replace(/ # .*$/, "");

type Fields = Readonly<Record<string, fc.Arbitrary<Written>>>;

/** Lines of a mapping with every one of `needed`, and some of `optional`. */
function mapping(needed: Fields, optional: Fields, indent: string): fc.Arbitrary<Written> {
  const some = Object.entries(optional).map(([key, value]) => fc.option(line(key, value), { freq: 2, nil: plain("") }));
  const all = Object.entries(needed).map(([key, value]) => line(key, value));
  return fc
    .tuple(...all, ...some)
    .map((lines) => join(lines, (written) => written.filter((yaml) => yaml !== "").join(`\n${indent}`)));
}

const line = (key: string, value: fc.Arbitrary<Written>): fc.Arbitrary<Written> =>
  value.map(({ yaml, mappings }) => ({ yaml: `${key}: ${yaml}`, mappings }));

const nested = (value: fc.Arbitrary<Written>, indent: string): fc.Arbitrary<Written> =>
  value.map(({ yaml, mappings }) => ({ yaml: yaml === "" ? "{}" : `\n${indent}${yaml}`, mappings }));

const list = (section: string, entry: fc.Arbitrary<Written>): fc.Arbitrary<Written> =>
  fc
    .array(entry, { minLength: 1, maxLength: 3 })
    .map((entries) => join(entries, (written) => `${section}:\n${written.map((yaml) => `- ${yaml}\n`).join("")}`));

/** A later keyword of the same name would give an earlier one another value. */
function join(parts: readonly Written[], render: (yaml: readonly string[]) => string): Written {
  const mappings: Record<string, unknown> = {};
  const yaml = parts.map((part) => {
    let own = part.yaml;
    for (const [name, value] of Object.entries(part.mappings)) {
      const free = findFree(name, mappings);
      own = own.replaceAll(`##${name}##`, `##${free}##`).replaceAll(`@@${name}@@`, `@@${free}@@`);
      mappings[free] = value;
    }
    return own;
  });
  return { yaml: render(yaml), mappings };
}

function findFree(name: string, taken: Readonly<Record<string, unknown>>): string {
  let free = name;
  while (Object.hasOwn(taken, free)) free += "Z";
  return free;
}

const TWO = "  ";
const FOUR = "    ";

const sections: readonly fc.Arbitrary<Written>[] = [
  list(
    "clients",
    mapping(
      { name: text },
      {
        description: text,
        callbacks: texts,
        is_first_party: flag,
        jwt_configuration: nested(
          mapping({ lifetime_in_seconds: number }, { alg: fc.constant(plain("RS256")) }, FOUR),
          FOUR,
        ),
        client_metadata: nested(mapping({ till: text }, { desk: text }, FOUR), FOUR),
        custom_login_page: fc.constantFrom(plain("till.html"), plain("<p>Till</p>")),
      },
      TWO,
    ),
  ),
  list(
    "resourceServers",
    mapping({ name: text, identifier: text }, { token_lifetime: number, enforce_policies: flag }, TWO),
  ),
  list("roles", mapping({ name: text }, { description: text }, TWO)),
  list("clientGrants", mapping({ client_id: text, audience: text }, { allow_any_organization: flag }, TWO)),
  list(
    "databases",
    mapping(
      { name: text },
      {
        enabled_clients: texts,
        options: nested(
          mapping(
            {},
            {
              disable_signup: flag,
              customScripts: fc.constant(plain("{ login: ./databases/login.js }")),
            },
            FOUR,
          ),
          FOUR,
        ),
      },
      TWO,
    ),
  ),
  list(
    "actions",
    mapping(
      {
        name: text,
        code: fc.constant(plain("./actions/a.js")),
        supported_triggers: fc.constant(plain("[{ id: post-login, version: v3 }]")),
      },
      { deployed: flag, runtime: text },
      TWO,
    ),
  ),
  mapping({ friendly_name: text }, { session_lifetime: number, enabled_locales: fc.constant(plain("[en]")) }, TWO).map(
    ({ yaml, mappings }) => ({ yaml: `tenant:\n${TWO}${yaml}\n`, mappings }),
  ),
];

/** A tenant file that the Deploy CLI takes, with every form of keyword in every place. */
export const examples: fc.Arbitrary<Example> = fc
  .subarray([...sections], { minLength: 1, maxLength: 4 })
  .chain((chosen) => fc.tuple(...chosen))
  .map((parts) => {
    const { yaml, mappings } = join(parts, (written) => written.join(""));
    return { text: yaml, mappings };
  });
