import { styleText } from "node:util";

export type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

/**
 * Colours for what goes to this stream. None when it is not a terminal, or when NO_COLOR is set (no-color.org);
 * FORCE_COLOR wins over both, as it does in Node.
 */
export function createPaint(stream: NodeJS.WriteStream): Paint {
  return (style, text) => styleText(style, text, { stream });
}

/** For texts that are compared or stored. */
export const plain: Paint = (_style, text) => text;
