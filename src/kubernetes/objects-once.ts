import { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { plainOf } from '../settings/plain';
import { refuse } from '../settings/refuse';
import type { RuleProblem } from '../settings/rule-problem';

/** An object of an app, and what of this package makes it. */
interface Made {
  readonly object: IConstruct;
  readonly maker: IConstruct;
}

/** Objects of an app, by kind, namespace and name. */
type Makers = Map<string, Made>;

/** Finds every mistake in props. */
type Check = (props: unknown) => RuleProblem[];

// Of the app, not of this module: an app may hold two copies of this package.
const MAKERS = Symbol.for('secure-mirror.makers');
const TYPE = Symbol.for('secure-mirror.type');
const COMPLETE = Symbol.for('secure-mirror.complete');

/**
 * Takes note of a construct's class as users call it, and refuses what is wrong with its props.
 *
 * @param construct the construct, still empty
 * @param type its class
 * @param given its props, of whatever form
 * @param check what is wrong with props
 * @returns the props that were checked. Work with them alone: what was given may read otherwise
 * @throws Error with all that is wrong
 */
export function checkedProps<P>(construct: Construct, type: string, given: P, check: Check): P {
  Object.defineProperty(construct, TYPE, { value: type });
  const props = plainOf(given);
  refuseProps(construct, check(props));
  return props as P;
}

/**
 * Refuses props of a construct whose class is known.
 *
 * @param construct the construct
 * @param problems what is wrong with them
 * @throws Error with all that is wrong
 */
export function refuseProps(construct: Construct, problems: RuleProblem[]): void {
  refuse(nameOf(construct), problems);
}

/**
 * Refuses a construct that makes objects which another one of the same app makes already: whichever is applied last would win. Parts of
 * another construct of this package are judged with it; objects that a program adds to a complete one are judged on their own.
 *
 * @param construct the construct, complete
 * @throws Error naming the other one and the objects
 */
export function makesObjectsOnce(construct: Construct): void {
  Object.defineProperty(construct, COMPLETE, { value: true });
  if (construct.node.scopes.some((scope) => TYPE in scope && !(COMPLETE in scope))) return;
  const makers = makersOf(construct.node.root);
  const own = construct.node.findAll().filter(ApiObject.isApiObject);
  const twice = own.map(keyOf).filter((key) => isInTree(makers.get(key)?.object));
  const other = makers.get(twice[0] ?? '');
  if (other !== undefined) throw new Error(sameObjects(nameOf(construct), nameOf(other.maker), twice, 'an App'));
  for (const object of own) makers.set(keyOf(object), { object, maker: construct });
}

/** Whether a construct is still a part of the app: a program may have removed it, or what it was in. */
function isInTree(construct: IConstruct | undefined): boolean {
  if (construct === undefined) return false;
  return construct.node.scopes.every(({ node }) => !node.scope || node.scope.node.tryFindChild(node.id)?.node === node);
}

/**
 * Says that two make the same objects.
 *
 * @param one what is refused
 * @param other what makes them already
 * @param objects the objects
 * @param separate what each cluster has of its own
 */
export function sameObjects(one: string, other: string, [first = '', ...rest]: string[], separate: string): string {
  const what = rest.length === 0 ? first : `${first} and ${rest.length} more`;
  return (
    `${one}: ${other} makes the same objects already: ${what}. For one cluster, put all settings into one of them; ` +
    `for two clusters, give each ${separate} of its own`
  );
}

function nameOf(construct: IConstruct): string {
  return `${(construct as { readonly [TYPE]?: string })[TYPE]} ${construct.node.path}`;
}

function makersOf(root: IConstruct): Makers {
  const holder = root as { [MAKERS]?: Makers };
  if (holder[MAKERS] === undefined) Object.defineProperty(root, MAKERS, { value: new Map() });
  return holder[MAKERS] as Makers;
}

function keyOf({ kind, name, metadata }: ApiObject): string {
  return objectKey(kind, metadata.namespace, name);
}

/** An object as messages call it: `Secret kong/app-pull`. */
export function objectKey(kind: string, namespace: string | undefined, name: string): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
