/** `812 bytes`, `8.1 kB`. */
export const renderSize = (bytes: number): string =>
  bytes < 1000 ? `${bytes} bytes` : `${(bytes / 1000).toFixed(1)} kB`;
