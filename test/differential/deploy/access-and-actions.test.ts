import { compareVariants } from "./compare-variants.ts";

compareVariants(["roles", "databases", "actions", "triggers"]);
