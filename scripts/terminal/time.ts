/** `2026-11-30T00:20:59Z`: Auth0's times have up to nine digits behind the second, and nobody reads them. */
export const renderSecond = (time: string): string => time.replace(/\.\d+Z$/, "Z");
