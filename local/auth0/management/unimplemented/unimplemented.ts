import { type Endpoint, endpoint, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { NEWER_UNIMPLEMENTED, OLDER_UNIMPLEMENTED, UNIMPLEMENTED } from "./endpoints.ts";

/** Asks for the scope and answers 404, by name: not 5xx, which SDKs would send again for minutes, and not as if it were there. */
export const unimplemented: Resource = ({ log }) =>
  [UNIMPLEMENTED, NEWER_UNIMPLEMENTED, OLDER_UNIMPLEMENTED]
    .flatMap((rows) => rows.trim().split("\n"))
    .map((row) => {
      const [method, path, ...scopes] = row.trim().split(" ");
      return endpoint({
        method: method as Endpoint["method"],
        path: path as Endpoint["path"],
        scopes: scopes as unknown as Endpoint["scopes"],
        query: "any",
        handle: () => {
          log(`not implemented by the local tenant: ${method} /api/v2${path} → 404`);
          const message = `The local tenant does not implement ${method} ${path}.`;
          throw new ManagementError(404, message, "not_implemented_locally");
        },
      });
    });
