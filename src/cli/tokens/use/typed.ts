import { Kubectl } from '../../kubectl';

/** The beginning of a command for the user to type, for a namespace. */
export type Typed = (namespace: string) => string;

/** Commands for the cluster that was asked, in the way that it was asked. */
export function typedFor({ access }: Kubectl): Typed {
  return (namespace) => new Kubectl({ ...access, namespace }).typed;
}
