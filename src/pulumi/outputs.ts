import { all, isSecret, Output, output, RunError } from '@pulumi/pulumi';
import { formatPath, type Path } from '../settings/path';
import { plainOf } from '../settings/plain';
import { invalidPlace, type RuleProblem } from '../settings/rule-problem';
import type { Inputs } from './inputs';
import type { KubernetesObject } from './kubernetes-object';
import { FORM_COUNT, isOutput, type Place, placesIn, replaced, standIn } from './output-places';

/** Every mistake in settings. */
type Check<P> = (props: P) => RuleProblem[];

/** Takes Outputs out of settings, so that constructs can work with them, and puts them into the objects that were made. */
export class Outputs<P extends object> {
  /** The settings, with a text in place of each Output. */
  public readonly props: P;
  /** Mistakes in them. Outputs in places that need a known value are among them. */
  public readonly problems: RuleProblem[];
  private readonly places: Place[];

  /**
   * @param given the settings
   * @param check the rules for them
   */
  public constructor(
    given: Inputs<P>,
    private readonly check: Check<P>,
  ) {
    const props = plainOf(given, isOutput) as Inputs<P>;
    this.places = placesIn(props, []);
    for (let tries = 0; tries < FORM_COUNT; tries++) {
      const refused = check(this.fill(props)).map(({ path }) => formatPath(path));
      for (const place of this.places.filter(({ path }) => refused.includes(formatPath(path)))) place.form++;
    }
    this.props = this.fill(props);
    const wrong = new Set(this.places.filter(({ form }) => form >= FORM_COUNT).map(({ path }) => formatPath(path)));
    // A key that is not known takes no value, plain or not.
    this.problems = check(this.props).map((problem) =>
      wrong.has(formatPath(problem.path)) && !problem.atKey ? invalidPlace(problem.path, MUST_BE_KNOWN) : problem,
    );
  }

  /**
   * An object, with Outputs in place of the texts that stand for them.
   *
   * @param object the object
   * @throws Error naming the Outputs that are part of a configuration or of a name
   */
  public into(object: KubernetesObject): KubernetesObject {
    const { kind, metadata, ...rest } = object;
    const known = kind === 'ConfigMap' ? object : [metadata.name, metadata.namespace, keysIn(rest)];
    const wrong = this.placesIn(JSON.stringify(known));
    if (wrong.length > 0) throw new Error(wrong.map(mustBeKnown).join('\n'));
    return this.put(object) as KubernetesObject;
  }

  /** Names, with Outputs in them, each once and sorted. */
  public names(names: string[]): Output<string[]> {
    return output(this.put(names) as string[]).apply((known) => [...new Set(known)].sort());
  }

  /** Paths of the Outputs that are secret. */
  public async secretPaths(): Promise<string[]> {
    const secret = await Promise.all(this.places.map(({ value }) => isSecret(value)));
    return this.places.filter((_, index) => secret[index]).map(({ path }) => formatPath(path));
  }

  private put(value: unknown): unknown {
    if (Output.isInstance(value)) return value;
    // Pulumi knows no list of another realm, which a patch may bring along.
    if (Array.isArray(value)) return Array.from(value, (item) => this.put(item));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.put(item)]));
    }
    if (typeof value !== 'string') return value;
    const places = this.placesIn(value);
    if (places.length === 0) return value;
    return all(places.map((place) => this.checked(place))).apply((texts) =>
      texts.reduce((text, known, index) => text.replaceAll(standIn(places[index] as Place), () => known), value),
    );
  }

  /** An Output's text, which fails unless the rules take it. The message does not show it: it may be secret. */
  private checked({ path, value }: Place): Output<string> {
    return value.apply((known) => {
      const mistake = mistakeAt(this.check, this.props, path, known);
      if (mistake !== undefined) throw new RunError(mistake);
      return known as string;
    });
  }

  private placesIn(text: string): Place[] {
    return this.places.filter((place) => text.includes(standIn(place)));
  }

  private fill(props: Inputs<P>): P {
    return this.places.reduce<unknown>((filled, place) => replaced(filled, place.path, standIn(place)), props) as P;
  }
}

function mustBeKnown({ path }: Place): string {
  return `${formatPath(path)}: ${MUST_BE_KNOWN}`;
}

const MUST_BE_KNOWN = 'this must be a plain value, not an Output: configuration or names are made of it';

/**
 * What rules find wrong with a value, without the value, which may be secret.
 *
 * @param check the rules
 * @param props settings, with any value at its place
 * @param path the place
 * @param value the value
 */
export function mistakeAt<P extends object>(check: Check<P>, props: P, path: Path, value: unknown): string | undefined {
  const here = formatPath(path);
  // The rules may take nothing where a key may be left out, but a text is what stands for the Output.
  if (typeof value !== 'string') return `${here}: this Output must have a text, and has none`;
  const all = check(replaced(props, path, value) as P);
  const problem = all.find((one) => formatPath(one.path) === here);
  return problem && `${here}: ${problem.message}`;
}

function keysIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Output.isInstance(value)) return [];
  return [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(keysIn)];
}
