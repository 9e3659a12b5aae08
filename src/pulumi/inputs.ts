import type { Input } from '@pulumi/pulumi';

/**
 * Settings in which any text may be an Output as a whole. It must end up as a value of an object, such as the name of a Secret or the tag
 * of an image: what the mirror's configuration is made of, and what objects are named after, has to be known, or an error says so.
 */
export type Inputs<T> = T extends string
  ? Input<T>
  : T extends number | boolean
    ? T
    : T extends (infer E)[]
      ? Inputs<E>[]
      : T extends object
        ? { readonly [K in keyof T]: Inputs<T[K]> }
        : T;
