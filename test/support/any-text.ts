import fc from "fast-check";

const codePoint = fc
  .nat(0x10_ff_ff)
  .filter((code) => code < 0xd8_00 || code > 0xdf_ff)
  .map((code) => String.fromCodePoint(code));

/**
 * Text of any characters, and, of ASCII, what JavaScript reads otherwise (`__proto__`). For `unit: "binary"` fast-check makes a table of
 * all 1.1 million characters, which takes a second in each file of tests.
 */
export const anyText = fc.oneof(fc.string(), fc.string({ unit: codePoint }));
