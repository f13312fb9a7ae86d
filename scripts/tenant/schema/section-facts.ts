import type { NamedFields } from "./derive-names.ts";
import type { RequiredSchema } from "./derive-required.ts";
import type { DeclaredFields } from "./derive-schemas.ts";

/**
 * What a kind of resource says of its section of tenant.yaml. The reading of tenant.yaml knows no kind: `npm run tenant-schema`
 * writes what follows from this to where it looks (schemas.ts).
 */
export interface SectionFacts {
  /** As tenant.yaml calls it. */
  readonly section: string;
  /** Whether it is one object instead of a list. */
  readonly isOneObject?: boolean;
  /** The members that tell entries of a list apart. None of them: there is one at the most, and another name is written over it. */
  readonly identity?: readonly string[];
  /** The same for lists in an entry, by the name of the list. */
  readonly memberIdentities?: Readonly<Record<string, readonly string[]>>;
  /** Names and types of all fields, of a section that the Deploy CLI does not read for us. */
  readonly declared?: DeclaredFields;
  /**
   * Of another section, where the Deploy CLI's own schema names fields in part or not at all: by their place, "" for an entry,
   * `[]` for the entries of a list in it.
   */
  readonly named?: Readonly<Record<string, NamedFields>>;
  /** The body that makes an entry, where the Deploy CLI's schema does not know better what it must have. */
  readonly created?: CreatedBody;
}

interface CreatedBody {
  /** The SDK's. */
  readonly type: string;
  /** Required members that the Deploy CLI's handlers of 8.44, or a deploy, put into it. */
  readonly filledIn?: readonly string[];
  /** What the types say of one kind of entry, and `filledIn` takes away from all. */
  readonly anyOf?: readonly RequiredSchema[];
}
