import { STYLES } from "./styles.ts";

export const sendStyles = (): Response =>
  new Response(STYLES, {
    headers: {
      "content-type": "text/css; charset=utf-8",
      "x-content-type-options": "nosniff",
      "cache-control": "max-age=3600",
    },
  });
