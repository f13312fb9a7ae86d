/** Values of a parameter in the middle of a route which servers read in more than one way. */
const VALUES = [
  // Dot segments, plain and encoded.
  ".",
  "..",
  "%2e",
  "%2e%2e",
  ".%2E",
  "%2E.",
  // Separators: encoded, doubled, of another system.
  "1%2f2",
  "1%2F..%2F2",
  "..%2f..",
  "1\\2",
  "1%5c2",
  "1%5C..",
  "",
  "1/",
  // Matrix parameters.
  "1;v=2",
  "..;",
  "1%3Bv=2",
  "%2e%2e%3b",
  // What ends a path, encoded: a proxy that decodes and forwards would end it there.
  "1%3Fx=2",
  "1%23x",
  "1#x",
  // Control characters, and what is not UTF-8.
  "1%00",
  "1%0a",
  "1%0D%0AX-Note:%201",
  "1%7f",
  "1%C2%85",
  "%ff",
  "%c0%ae%c0%ae",
  "%c0%af",
  "%ed%a0%80",
  // Encoded twice, or not quite.
  "%252e%252e",
  "1%252f2",
  "1%25%32%66",
  "%",
  "%2",
  "%zz",
  "1%u002f2",
  // Characters that no path has.
  '1"2',
  "<1>",
  "`1`",
  "{1}",
] as const;

/**
 * For the routes of gateways-real/path-routes.yaml: paths with more than one reading, where one of them is a route that asks for
 * something else, or may be one behind a server that resolves more than the gateway.
 */
export const ambiguousPaths: readonly string[] = [
  ...VALUES.map((value) => `/files/${value}/meta`),
  "//files/1/meta",
  "/files/1//meta",
  "/./files/1/meta",
  "/files/1/./meta",
  "/files/1/meta/.",
  "/files/1/meta/..",
  "/files/1/meta//",
  "/files/1/../2/meta",
  "/files/1/keys/../meta",
  "/files/1/keys/%2e%2e/meta",
  "/files/1/keys/..%2fmeta",
  // Words of other routes, spelled so that some routers take them for a value.
  "/docs/OPEN",
  "/docs/ope%6E",
  "/docs/Keys",
  "/docs/k%65ys",
  "/docs/%E2%84%AAeys",
  "/docs/key%C5%BF",
  "/docs/%EF%BD%8Beys",
  "/docs/",
];
