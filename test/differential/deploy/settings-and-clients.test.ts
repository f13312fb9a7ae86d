import { compareVariants } from "./compare-variants.ts";

compareVariants(["tenant", "resourceServers", "clients", "clientGrants"]);
